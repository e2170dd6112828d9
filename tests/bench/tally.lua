-- What every load counts, and the one line in which it says so. wrk runs each thread in a Lua state of its own;
-- only plain globals of a thread can be read when all is done.
local threads = {}
number = 0

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

good, refused, asked_back, broken = 0, 0, 0, 0
-- Which 4xx, and how often: `429x12 `. A plain text, for the same reason.
statuses = ""
local of_status = {}

function response(status, headers)
  if status < 400 then good = good + 1
  elseif status < 500 then
    refused = refused + 1
    of_status[status] = (of_status[status] or 0) + 1
    statuses = ""
    for which, times in pairs(of_status) do statuses = statuses .. which .. "x" .. times .. " " end
  elseif status == 503 and (headers["Retry-After"] or headers["retry-after"]) then asked_back = asked_back + 1
  else broken = broken + 1 end
end

function done(summary, latency)
  local counted = {}
  for _, name in ipairs({ "good", "refused", "asked_back", "broken" }) do
    local sum = 0
    for _, thread in ipairs(threads) do sum = sum + thread:get(name) end
    counted[#counted + 1] = string.format('"%s":%d', name, sum)
  end
  local which = ""
  for _, thread in ipairs(threads) do which = which .. thread:get("statuses") end
  counted[#counted + 1] = string.format('"statuses":"%s"', which)
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format(
    'RESULT {"rate":%.3f,"requests":%d,"p50":%.3f,"p99":%.3f,"max":%.3f,"lost":%d,%s}',
    summary.requests / (summary.duration / 1e6), summary.requests, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, lost, table.concat(counted, ",")))
end

-- The words handed over, as `name=value`.
function words(args)
  local read = {}
  for _, word in ipairs(args) do
    local name, value = word:match("^([^=]+)=(.*)$")
    if name then read[name] = value end
  end
  return read
end
