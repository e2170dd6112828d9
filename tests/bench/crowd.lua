-- A village in the evening: many phones keep their connection, look at something, and now and then one files.
-- Between two requests of a phone there is a pause.
require("tally")

local body = '{"kind":"complaint","region_code":"230104111204","category":"service","targets":[],'
  .. '"text":"村口的路灯坏了好几天，晚上接孩子看不清路，请派人来看看。","identity":{"mode":"anonymous"}}'
local reads = {
  "/api/v1/regions/230104111204",
  "/api/v1/regions/230104111204/disclosures?kind=ledger&limit=3",
  "/api/v1/regions?q=dfc&level=village&limit=3",
  "/api/v1/categories",
  "/api/v1/time",
}
local headers = { ["Content-Type"] = "application/json" }
local run, filed, pause, writes, fresh = "", 0, 0, 5, 0

function init(args)
  local given = words(args)
  run = given.run or tostring(os.time())
  pause = tonumber(given.pause or "0")
  writes = tonumber(given.writes or "5")
  -- Connections of this thread that have not asked yet.
  fresh = tonumber(given.fresh or "0")
  for part in (given.more or ""):gmatch("[^,]+") do reads[#reads + 1] = part end
  math.randomseed(os.time() + number)
end

-- A connection on which nothing was ever asked is let go after five seconds: the first request comes before.
function delay()
  fresh = fresh - 1
  local longest = fresh >= 0 and math.min(2 * pause, 3000) or 2 * pause
  return longest > 0 and math.random(0, longest) or 0
end

function request()
  if math.random(1, 100) > writes then
    return wrk.format("GET", reads[math.random(#reads)])
  end
  filed = filed + 1
  headers["Idempotency-Key"] = string.format("bench-%s-%02d-%012d", run, number, filed)
  return wrk.format("POST", "/api/v1/complaints", headers, body)
end
