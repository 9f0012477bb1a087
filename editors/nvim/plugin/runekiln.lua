-- Starts the language server for Rune scripts and defines the commands. `vim.g.loaded_runekiln = true` switches all of it off.

if vim.g.loaded_runekiln then
  return
end
vim.g.loaded_runekiln = true

local function define(name, command, help)
  vim.api.nvim_create_user_command(name, function(call)
    require('runekiln.run').command(command, call.fargs[1], call.fargs[2])
  end, { nargs = '*', complete = 'file', desc = help })
end

define('RunekilnRun', 'runekiln.run', 'Run an entry: :RunekilnRun [entry] [session]')
define('RunekilnPin', 'runekiln.pin', 'Run an entry, and again at each save: :RunekilnPin [entry] [session]')
define('RunekilnUnpin', 'runekiln.unpin', 'Stop running an entry at each save: :RunekilnUnpin [entry]')
define('RunekilnStop', 'runekiln.stop', 'End a run at once')

require('runekiln').enable()
