-- The language server's configuration, and how each version of Neovim is told to start it.

local M = {}

-- path: the `runekiln` command. lenses: show `Run` and `Pin` above entries. autotrigger: offer completions without being
-- asked, behind `.`, `::` and the like.
M.options = { path = 'runekiln', lenses = true, autotrigger = false }

local MARKERS = { '.crucible', '.git' }

--- Changes options; call it before the first script is opened.
--- @param options { path: string?, lenses: boolean?, autotrigger: boolean? }?
function M.setup(options)
  M.options = vim.tbl_extend('force', M.options, options or {})
end

--- The command with `~` and variables replaced. A workspace never names it: opening a folder must not run its programs.
--- @return string
function M.program()
  return vim.fn.expand(M.options.path)
end

--- Before 0.12, Neovim pulls problems but cannot be asked to pull again, so an edit of a `mod` file would show in no other
--- buffer. A client that does not say that it pulls has them pushed.
local function before_init(params)
  local refresh = (params.capabilities.workspace or {}).diagnostics
  if not (refresh and refresh.refreshSupport) then
    params.capabilities.textDocument.diagnostic = nil
  end
end

--- The configuration that `vim.lsp.config`, `vim.lsp.start` and `vim.lsp.start_client` all take.
function M.config()
  local run = require('runekiln.run')
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { runekiln = { notifications = true } }
  return {
    name = 'runekiln',
    cmd = { M.program(), 'lsp' },
    filetypes = { 'rune' },
    root_dir = M.root_dir,
    capabilities = capabilities,
    before_init = before_init,
    handlers = run.handlers,
    commands = run.lens_commands,
    on_attach = M.attach,
    exit_timeout = 1000,
  }
end

--- Tells `found` the root of a buffer. The stubs of Crucible and of Rune lie outside of kilns: whoever comes to one by a
--- jump stays with the server that knew it.
function M.root_dir(buffer, found)
  local kiln = vim.fs.root(buffer, MARKERS[1])
  local is_stub = vim.api.nvim_buf_get_name(buffer):match('%.rni$')
  local known = is_stub and not kiln and vim.lsp.get_clients({ name = 'runekiln' })[1]
  found(known and known.root_dir or kiln or vim.fs.root(buffer, MARKERS))
end

--- Sets a script's buffer up once a server is attached.
function M.attach(client, buffer)
  if vim.bo[buffer].omnifunc == '' then
    vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end
  local provides = client.server_capabilities or client.resolved_capabilities
  if vim.lsp.completion then
    M.complete_fully(client, buffer)
  end
  if M.options.lenses and provides.codeLensProvider then
    M.show_lenses(buffer)
  end
end

-- Asked once: what is set below for the first buffer counts as set, too.
local user_chose_menu

--- From 0.11 on, what is taken from the menu brings its places to fill in and its imports along, once that is enabled.
function M.complete_fully(client, buffer)
  vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = M.options.autotrigger })
  local option = vim.api.nvim_get_option_info2('completeopt', {})
  if user_chose_menu == nil then
    user_chose_menu = option.was_set
  end
  -- A menu of one item is not shown as Neovim comes, but its word inserted alone. A choice of the user's own stands.
  if not user_chose_menu and option.global_local then
    vim.bo[buffer].completeopt = 'menuone,noinsert,popup'
  end
end

--- Neovim 0.12 keeps lenses fresh by itself; before, somebody has to ask for them.
function M.show_lenses(buffer)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local refresh = function()
    if vim.api.nvim_get_current_buf() == buffer then
      vim.lsp.codelens.refresh()
    end
  end
  local group = vim.api.nvim_create_augroup('runekiln_lenses_' .. buffer, { clear = true })
  local events = { 'BufEnter', 'InsertLeave', 'BufWritePost' }
  vim.api.nvim_create_autocmd(events, { group = group, buffer = buffer, callback = refresh })
  refresh()
end

--- Starts a server for every script that is opened from now on.
function M.enable()
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.enable('runekiln')
    return
  end
  local group = vim.api.nvim_create_augroup('runekiln', { clear = true })
  vim.api.nvim_create_autocmd('FileType', { group = group, pattern = 'rune', callback = M.start_before_0_11 })
end

-- Client ids by root folder, for Neovim 0.7, which does not share clients by itself.
local started = {}

function M.start_before_0_11(event)
  local config = M.config()
  config.root_dir = M.root(event.file)
  if vim.lsp.start then
    vim.lsp.start(config)
    return
  end
  local known = started[config.root_dir]
  if not known or not vim.lsp.get_client_by_id(known) then
    known = vim.lsp.start_client(config)
    started[config.root_dir] = known
  end
  if known then
    vim.lsp.buf_attach_client(event.buf, known)
  end
end

--- The folder that holds the nearest marker above a file, else the file's own folder.
function M.root(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  for _, marker in ipairs(MARKERS) do
    local found = vim.fn.finddir(marker, vim.fn.escape(folder, ' ;') .. ';')
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h:h')
    end
  end
  return folder
end

return M
