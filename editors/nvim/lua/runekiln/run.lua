-- Runs of an entry as a person sees them: questions before, the result after, and what the server says of pinned entries.

local results = require('runekiln.results')
local tell = require('runekiln.message')

local M = {}

-- The server that looks after this buffer; any other one if there is none, as for a command given from a result's window.
local function find_client()
  local list = vim.lsp.get_clients or vim.lsp.get_active_clients
  local here, elsewhere
  for _, client in pairs(list()) do
    if client.name == 'runekiln' then
      elsewhere = client
      if vim.lsp.buf_is_attached(0, client.id) then
        here = client
      end
    end
  end
  return here or elsewhere
end

local function request(client, command, target, answer)
  local params = { command = command, arguments = { target } }
  local handler = function(problem, result)
    if problem then
      tell(problem.message, vim.log.levels.ERROR)
    elseif answer then
      answer(result)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('workspace/executeCommand', params, handler)
  else
    client.request('workspace/executeCommand', params, handler)
  end
end

-- Sends the command until the server needs nothing more.
local function ask(client, command, target)
  request(client, command, target, function(result)
    if type(result) ~= 'table' then
      return
    end
    if not result.needs then
      results.show(result)
    elseif result.needs.entry then
      vim.ui.select(result.needs.entry, { prompt = 'Which entry?' }, function(entry)
        if entry then
          ask(client, command, vim.tbl_extend('force', target, { entry = entry }))
        end
      end)
    elseif result.needs.session then
      local options = { prompt = 'Which session?', format_item = function(session) return session.title end }
      vim.ui.select(result.needs.session, options, function(session)
        if session then
          ask(client, command, vim.tbl_extend('force', target, { session = session.path }))
        end
      end)
    end
  end)
end

--- Carries out one of the server's commands for a target `{ uri, entry?, session? }`, asking what it needs.
function M.execute(client, command, target)
  if command == 'runekiln.run' or command == 'runekiln.pin' then
    ask(client, command, target)
  else
    request(client, command, target)
  end
end

--- A command line's `:Runekiln… [entry] [session]`, about the script in the current window.
function M.command(command, entry, session)
  local client = find_client()
  if not client then
    tell('no language server is running; see :checkhealth runekiln', vim.log.levels.ERROR)
    return
  end
  local target = vim.empty_dict()
  target.entry = entry
  target.session = session and vim.fn.fnamemodify(session, ':p')
  if vim.bo.filetype == 'rune' then
    target.uri = vim.uri_from_bufnr(0)
  end
  M.execute(client, command, target)
end

-- Lenses carry the server's own commands: they take the same way, so that they ask and show, too.
M.lens_commands = {}
for _, name in ipairs({ 'runekiln.run', 'runekiln.pin', 'runekiln.unpin' }) do
  M.lens_commands[name] = function(command, context)
    M.execute(vim.lsp.get_client_by_id(context.client_id), name, command.arguments[1])
  end
end

M.handlers = {
  -- A pinned entry ran again. A run by command has been shown already, by the command's answer.
  ['runekiln/ran'] = function(_, event)
    if event.reason ~= 'command' then
      local result = vim.tbl_extend('force', event.result, { uri = event.uri, entry = event.entry, generation = event.generation })
      results.update(result)
    end
  end,
  -- A save could not be taken over: the result of the last generation stays as it is.
  ['runekiln/reloadRefused'] = function(_, event)
    tell(('%s: generation %d kept: %s'):format(event.entry, event.generation, event.message), vim.log.levels.WARN)
  end,
}

return M
