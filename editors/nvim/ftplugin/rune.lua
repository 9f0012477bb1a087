-- How Rune writes comments and indents, so that `gc`, `gq` and the Enter key know.

vim.bo.commentstring = '// %s'
vim.bo.comments = 's1:/*,mb:*,ex:*/,:///,://!,://'
vim.bo.suffixesadd = '.rn'

-- As the formatter indents: four spaces, and a chain of calls one step behind its first line.
vim.bo.expandtab = true
vim.bo.shiftwidth = 4
vim.bo.softtabstop = 4
vim.bo.cindent = true
vim.bo.cinoptions = 'L0,(s,Ws,J1,j1,m1'
vim.bo.cinkeys = '0{,0},!^F,o,O,0[,0],0(,0)'

local options = { 'commentstring', 'comments', 'suffixesadd', 'expandtab', 'shiftwidth', 'softtabstop', 'cindent', 'cinoptions', 'cinkeys' }
vim.b.undo_ftplugin = 'setlocal ' .. table.concat(options, '< ') .. '<'
