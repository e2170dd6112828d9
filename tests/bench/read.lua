-- One read, again and again, on connections that stay open. Nothing is looked at in Lua but the sums at the end: a
-- callback for each answer would cost more than the answer.
function init(args)
  local headers, path = {}, "/"
  for _, word in ipairs(args) do
    local name, value = word:match("^([^=]+)=(.*)$")
    if name == "path" then path = value elseif name then headers[name] = value end
  end
  request_text = wrk.format("GET", path, headers)
end

function request()
  return request_text
end

function done(summary, latency)
  local e = summary.errors
  print(string.format(
    'RESULT {"rate":%.3f,"requests":%d,"bytes":%d,"p99":%.3f,"failed":%d}',
    summary.requests / (summary.duration / 1e6), summary.requests, summary.bytes,
    latency:percentile(99) / 1e3, e.status + e.connect + e.read + e.write + e.timeout))
end
