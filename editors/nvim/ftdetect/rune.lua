-- Files that end in .rn are Rune scripts, those that end in .rni stubs of what a host gives to them.

if vim.fn.has('nvim-0.8') == 1 then
  vim.filetype.add({ extension = { rn = 'rune', rni = 'rune' } })
else
  vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, { pattern = { '*.rn', '*.rni' }, command = 'setfiletype rune' })
end
