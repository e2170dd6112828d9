-- Villagers who file, each filing with a key of its own.
require("tally")

local body = '{"kind":"complaint","region_code":"230104111204","category":"service","targets":[],'
  .. '"text":"村口的路灯坏了好几天，晚上接孩子看不清路，请派人来看看。","identity":{"mode":"anonymous"}}'
local headers = { ["Content-Type"] = "application/json" }
local run, filed = "", 0

function init(args)
  run = words(args).run or tostring(os.time())
end

function request()
  filed = filed + 1
  headers["Idempotency-Key"] = string.format("bench-%s-%02d-%012d", run, number, filed)
  return wrk.format("POST", "/api/v1/complaints", headers, body)
end
