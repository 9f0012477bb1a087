-- How Rune writes comments, so that `gc`, `gq` and the Enter key know.

vim.bo.commentstring = '// %s'
vim.bo.comments = 's1:/*,mb:*,ex:*/,:///,://!,://'
vim.bo.suffixesadd = '.rn'
vim.b.undo_ftplugin = 'setlocal commentstring< comments< suffixesadd<'
