-- Runs programs and gives what they print, to compare engines. The arguments are files in which each program begins with a
-- line "--## name".

local function programs(path)
  local subject = path:match("([^/]+)%.lua$")
  local found, body = {}, nil
  for line in io.lines(path) do
    local name = line:match("^%-%-## (.+)$")
    if name then
      body = {}
      found[#found + 1] = { name = subject .. "/" .. name, body = body }
    elseif body then
      body[#body + 1] = line
    end
  end
  return found
end

local function joined(...)
  local parts = {}
  for i = 1, select("#", ...) do
    -- addresses differ from run to run
    parts[i] = tostring((select(i, ...))):gsub(": 0x%x+", ": 0x")
  end
  return table.concat(parts, " ")
end

local function run(program)
  local out = {}
  local environment = setmetatable({}, { __index = _G })
  environment._G = environment
  function environment.print(...)
    out[#out + 1] = joined(...)
  end
  -- all results of a call as one value, so that several fit into one line
  function environment.try(...)
    return "<" .. joined(pcall(...)) .. ">"
  end
  local chunk, message = loadstring(table.concat(program.body, "\n"), "@" .. program.name)
  if chunk then
    local ok, failure = pcall(setfenv(chunk, environment))
    message = not ok and failure
  end
  if message then
    out[#out + 1] = "failed: " .. tostring(message)
  end
  return table.concat(out, "\n")
end

local results = {}
for _, path in ipairs { ... } do
  for _, program in ipairs(programs(path)) do
    results[#results + 1] = "=== " .. program.name .. "\n" .. run(program) .. "\n"
  end
end
return table.concat(results)
