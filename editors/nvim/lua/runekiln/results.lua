-- Results of runs: a scratch buffer for each entry, changed in place when the entry runs again.

local tell = require('runekiln.message')

local M = {}

-- JSON's null arrives as vim.NIL, which is true.
local function given(value)
  return value ~= vim.NIL and value or nil
end

local function lines_of(text)
  return vim.split((text:gsub('\n$', '')), '\n', { plain = true })
end

-- The text of a result that is a document in itself.
local function document_of(result)
  local view = given(result.view)
  if view and view.kind == 'workflow' then
    return view.markdown
  end
  return view and view.kind == 'markdown' and view.text or nil
end

local function error_lines(problem)
  local lines = { ('error[%s]: %s'):format(problem.code, problem.message) }
  for _, frame in ipairs(problem.frames or {}) do
    table.insert(lines, ('  in %s at %s:%d'):format(frame['function'], frame.path, frame.range.start.line))
  end
  return lines
end

local function value_lines(result)
  local view = given(result.view)
  if view and view.text then
    return lines_of(view.text)
  end
  local value = given(result.value)
  return value == nil and {} or lines_of(type(value) == 'string' and value or vim.inspect(value))
end

local function report_of(result)
  local lines = given(result.output) and result.output ~= '' and lines_of(result.output) or {}
  for _, warning in ipairs(given(result.warnings) or {}) do
    table.insert(lines, 'warning: ' .. (type(warning) == 'table' and warning.message or warning))
  end
  local problem = given(result.error)
  vim.list_extend(lines, problem and error_lines(problem) or value_lines(result))
  return lines
end

-- 'filename entry', as the window's title says it; the address keeps scripts of the same name apart.
local function name_of(result)
  return ('runekiln://%s#%s'):format(result.uri:gsub('^file://', ''), result.entry)
end

local function buffer_of(result)
  local name = name_of(result)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(buffer) == name then
      return buffer
    end
  end
  local buffer = vim.api.nvim_create_buf(true, true)
  vim.api.nvim_buf_set_name(buffer, name)
  return buffer
end

local function summary_of(result)
  return ('%s %s, generation %d'):format(result.entry, result.outcome, result.generation)
end

--- Writes a result into its buffer and says how the run ended.
--- @return integer buffer
function M.update(result)
  local buffer = buffer_of(result)
  local document = document_of(result)
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, document and lines_of(document) or report_of(result))
  vim.bo[buffer].modifiable = false
  local filetype = document and 'markdown' or ''
  if vim.bo[buffer].filetype ~= filetype then
    vim.bo[buffer].filetype = filetype
  end
  vim.b[buffer].runekiln = { generation = result.generation, outcome = result.outcome }
  local level = result.outcome == 'finished' and vim.log.levels.INFO or vim.log.levels.ERROR
  tell(summary_of(result), level)
  return buffer
end

--- Writes a result into its buffer and opens a split for it, unless one is open; the cursor stays in the script.
function M.show(result)
  local buffer = M.update(result)
  if vim.fn.bufwinid(buffer) == -1 then
    local script = vim.api.nvim_get_current_win()
    vim.cmd('belowright vsplit')
    vim.api.nvim_win_set_buf(0, buffer)
    vim.api.nvim_set_current_win(script)
  end
end

return M
