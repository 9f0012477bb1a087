-- Messages below the text: one line that fits, because a longer one makes Neovim wait for the Enter key while somebody types.

--- @param text string its first line is shown
--- @param level integer? one of vim.log.levels
return function(text, level)
  local line = 'Runekiln: ' .. vim.split(text, '\n', { plain = true })[1]
  local room = vim.v.echospace
  if vim.fn.strdisplaywidth(line) > room then
    line = vim.fn.strcharpart(line, 0, room)
    while vim.fn.strdisplaywidth(line) > room - 1 do
      line = vim.fn.strcharpart(line, 0, vim.fn.strchars(line) - 1)
    end
    line = line .. '…'
  end
  -- A question may still be on the screen, and the line would come below it.
  vim.cmd('redraw')
  vim.notify(line, level or vim.log.levels.INFO)
end
