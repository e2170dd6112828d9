import { describe, expect, it } from "vitest";
import { dictionary, fill } from "./i18n";
import { ApiError, asApiError, explain, faultAt } from "./problem";

const body = {
  type: "/api/problems/invalid_body",
  code: "invalid_body",
  title: "请求内容有误",
  status: 422,
  request_id: "r1",
  errors: [{ pointer: "/note", code: "too_short", detail: "内容太短" }],
};

describe("problems in words", () => {
  it("keeps the number to ask for help with, and the places", () => {
    const error = new ApiError(422, body);
    expect(error).toMatchObject({ code: "invalid_body", requestId: "r1" });
    expect(faultAt(error, "/note")).toBe("内容太短");
    expect(faultAt(error, "/text")).toBeNull();
    expect(faultAt(null, "/note")).toBeNull();
  });

  it("says how long to wait", () => {
    expect(explain(new ApiError(429, null, 12), "zh")).toBe("操作太频繁，请 12 秒后再试");
    expect(explain(new ApiError(429, null, 1), "en")).toBe("Too many tries. Please wait 1 second");
  });

  it("tells no answer from an answer that is no problem document", () => {
    expect(explain(new ApiError(0, null), "zh")).toContain("没有连上服务器");
    expect(explain(new ApiError(502, null), "en")).toContain("Something went wrong");
    expect(asApiError(new TypeError("x")).status).toBe(-1);
  });
});

describe("dictionaries", () => {
  it("fill in values and take the English plural", () => {
    const words = dictionary({ left: ["剩 {n} 天", "{n} {n|day|days} left"] });
    expect(fill(words.left, "zh", { n: 2 })).toBe("剩 2 天");
    expect(fill(words.left, "en", { n: 1 })).toBe("1 day left");
    expect(fill(words.left, "en", { n: 2 })).toBe("2 days left");
    expect(fill(words.left, "en")).toBe("{n} {n|day|days} left");
  });
});
