-- :checkhealth runekiln

local M = {}

local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

local function check_neovim()
  local version = vim.version()
  local text = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch)
  if vim.fn.has('nvim-0.7') == 0 then
    fail(text .. ' is too old', { 'Install Neovim 0.7 or later, better 0.11' })
  elseif vim.fn.has('nvim-0.11') == 0 then
    warn(text .. ' is started the older way', { 'Neovim 0.11 has vim.lsp.config, and speaks UTF-8 positions' })
  else
    ok(text)
  end
end

local function check_program()
  local program = require('runekiln').program()
  local found = vim.fn.exepath(program)
  if found == '' then
    fail(('`%s` is not a program that can be run'):format(program), {
      'install Runekiln: its README says how',
      'or name it: require("runekiln").setup({ path = "~/kiln/.venv/bin/runekiln" })',
    })
    return
  end
  local version = vim.fn.trim(vim.fn.system({ found, '--version' }))
  if vim.v.shell_error == 0 then
    ok(('%s: %s'):format(found, version))
  else
    fail(('`%s --version` ended with %d: %s'):format(found, vim.v.shell_error, version))
  end
end

local function check_clients()
  local list = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in pairs(list()) do
    if client.name == 'runekiln' then
      ok(('a language server runs for %s'):format(client.config.root_dir or 'single files'))
      return
    end
  end
  warn('no language server is running', { 'Open a .rn file; :messages and :LspLog say more' })
end

function M.check()
  start('runekiln')
  check_neovim()
  check_program()
  check_clients()
end

return M
