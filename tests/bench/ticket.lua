-- People who write into django-helpdesk's public form. A form with a mistake in it is answered with 200: only
-- the way to the new ticket counts.
require("tally")

local body = "queue=1&title=%E8%B7%AF%E7%81%AF&priority=3&submitter_email=a%40example.org&body="
  .. "%E6%9D%91%E5%8F%A3%E7%9A%84%E8%B7%AF%E7%81%AF%E5%9D%8F%E4%BA%86%E5%A5%BD%E5%87%A0%E5%A4%A9%EF%BC%8C"
  .. "%E6%99%9A%E4%B8%8A%E6%8E%A5%E5%AD%A9%E5%AD%90%E7%9C%8B%E4%B8%8D%E6%B8%85%E8%B7%AF%EF%BC%8C"
  .. "%E8%AF%B7%E6%B4%BE%E4%BA%BA%E6%9D%A5%E7%9C%8B%E7%9C%8B%E3%80%82"
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

function request()
  return wrk.format("POST", "/tickets/submit/", headers, body)
end

function response(status)
  if status == 302 then good = good + 1 else refused = refused + 1 end
end
