-- Files that end in .rn are Rune scripts.

if vim.fn.has('nvim-0.8') == 1 then
  vim.filetype.add({ extension = { rn = 'rune' } })
else
  vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, { pattern = '*.rn', command = 'setfiletype rune' })
end
