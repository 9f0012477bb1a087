-- Found by `vim.lsp.enable('runekiln')`, Neovim 0.11 and later.

return require('runekiln').config()
