// People who say a word of their own in every place that takes one: a villager from filing to dispute, with photos and
// with every header that a browser, a proxy or a curious app may send, and the staff in his case. Which word belongs
// where stands beside it.
import assert from "node:assert/strict";
import { Actor } from "./account.mjs";
import { api } from "./api.mjs";
import { canonical } from "./canaries.mjs";
import { TOWNSHIP, VILLAGE } from "./load.mjs";
import { markedJpeg, markedPng, sendPhoto } from "./photo.mjs";

/** @typedef {import("./house.mjs").House} House */
/** @typedef {import("./canaries.mjs").Canaries} Canaries */

const TEXT = ["complaints.text", "complaints.text_folded"];
const MESSAGE = ["complaint_messages.text"];

/** Somebody who calls the public API, and leaves a word in every header. */
export class Stranger {
  #headers;

  /** @param {House} house @param {Canaries} canaries @param {string} who */
  constructor(house, canaries, who) {
    this.house = house;
    const word = (/** @type {string} */ name) => canaries.word(`${name} of ${who}`);
    const address = canaries.address(`the address of ${who}`);
    this.#headers = {
      "user-agent": `Mozilla/5.0 (${word("User-Agent")})`,
      referer: `https://${word("Referer")}.example/?q=${word("the query of Referer")}`,
      cookie: `rt=${word("a cookie called rt")}; other=${word("a cookie")}`,
      "x-forwarded-for": `${address}, 127.0.0.1`,
      "x-real-ip": address,
      forwarded: `for="[${address}]";host=${word("Forwarded")}`,
      "x-request-id": word("X-Request-Id"),
      "accept-language": `zh-CN, ${word("Accept-Language")};q=0.1`,
      traceparent: `00-${word("traceparent")}-00f067aa0ba902b7-01`,
      "sec-ch-ua-model": `"${word("the model of the phone")}"`,
      "x-strange": word("a header that nobody knows"),
    };
  }

  /** @param {string} method @param {string} address @param {any} [body] @param {Record<string, string>} [headers] */
  asks(method, address, body, headers = {}) {
    return api(this.house.front.port, method, address, { body, headers: { ...this.#headers, ...headers } });
  }

  /** The same, and it goes well. @param {Parameters<Stranger["asks"]>} what */
  async does(...what) {
    const answer = await this.asks(...what);
    assert.ok(
      answer.status >= 200 && answer.status < 300,
      `${what[0]} ${what[1]}: ${answer.status} ${answer.text}`,
    );
    return answer;
  }

  /** Uploads a photo; its token. @param {Buffer} bytes @param {string} name @param {string} type */
  async uploads(bytes, name, type) {
    const answer = await sendPhoto(this.house.front.port, bytes, name, type, this.#headers);
    assert.equal(answer.status, 201, await answer.clone().text());
    return (await answer.json()).token;
  }
}

/** A villager and his case. */
export class Villager extends Stranger {
  /** @param {House} house @param {Canaries} canaries @param {string} who */
  constructor(house, canaries, who) {
    super(house, canaries, who);
    this.canaries = canaries;
    this.who = who;
    this.receipt = "";
    this.number = "";
    /** A photo of his, as it is shown. @type {Buffer | undefined} */
    this.picture = undefined;
  }

  /**
   * Files; what the identity holds belongs nowhere.
   * @param {"anonymous" | "confidential" | "named"} mode
   * @param {{ target?: boolean, photos?: boolean, panics?: boolean }} [more] `panics`: the program trips over it in the
   *   middle of its transaction
   */
  async files(mode, { target = false, photos = false, panics = false } = {}) {
    const { canaries, who } = this;
    const name = (/** @type {string} */ what) => `${what} of ${who}`;
    // What was undone is in no row any more; PostgreSQL keeps the dead one and its log of changes for a while.
    const stored = (/** @type {string} */ what, /** @type {string[]} */ homes) =>
      panics
        ? canaries.word(name(what), [], (place) => place === "server files")
        : canaries.word(name(what), homes);
    const identity =
      mode === "anonymous"
        ? { mode }
        : {
            mode,
            name: canaries.is(name("the name"), `演示${canaries.word(name("the name's word"))}`, [], {
              guessable: true,
            }).text,
            phone: canaries.phone(name("the phone")),
            email: `${canaries.word(name("the mail address"))}@example.invalid`,
          };
    const tokens = photos ? await this.#showsPhotos() : [];
    const key = canaries.is(
      name("the idempotency key"),
      `${canaries.word(name("the key's word"))}-0123456789abcdef`,
    );
    const body = {
      kind: "complaint",
      region_code: VILLAGE,
      category: "service",
      text: `演示：路灯坏了好几天。${stored("the text", TEXT)}`,
      targets: target
        ? [{ type: "other", text: `收费的人 ${stored("whom it is about", ["complaint_targets.body"])}` }]
        : [],
      attachments: tokens,
      identity,
      may_publish_answer: !target,
    };
    // A digest of the whole body would be found by whoever has the rows and a list of telephone numbers.
    const { attachments: _, ...said } = body;
    canaries.is(name("the filing as one text"), canonical(said), [], { guessable: true });
    const answer = await this.asks("POST", "/complaints", body, { "idempotency-key": key.text });
    if (panics) {
      assert.equal(answer.status, 500, answer.text);
      return;
    }
    assert.equal(answer.status, 201, answer.text);
    this.receipt = answer.body.receipt_code;
    this.number = answer.body.number;
    canaries.is(name("the receipt"), this.receipt, [], { guessable: true });
    canaries.also(name("the receipt"), this.receipt.match(/.{4}/g)?.join(" ") ?? "");
    canaries.also(name("the receipt"), this.receipt.match(/.{4}/g)?.join("-") ?? "");
  }

  /** Three photos that carry more than their pixels. */
  async #showsPhotos() {
    const word = (/** @type {string} */ what) => this.canaries.word(`${what} of a photo of ${this.who}`);
    const png = markedPng(word);
    const first = await this.uploads(png, `${word("the name")}.png`, "image/png");
    // What the program made of it is a JPEG, which is dressed up once more.
    const seen = await this.does(
      "POST",
      "/complaints",
      {
        kind: "question",
        region_code: VILLAGE,
        category: "service",
        text: "演示：这张照片看得清吗？",
        targets: [],
        attachments: [first],
        identity: { mode: "anonymous" },
      },
      { "idempotency-key": this.canaries.word(`a key for a photo of ${this.who}`).padEnd(24, "0") },
    );
    const picture = await fetch(`http://127.0.0.1:${this.house.front.port}/api/v1/receipt/attachments/1`, {
      headers: { "x-receipt-code": seen.body.receipt_code },
    });
    assert.equal(picture.status, 200);
    this.picture = Buffer.from(await picture.arrayBuffer());
    const jpeg = markedJpeg(this.picture, word);
    const tokens = [
      await this.uploads(png, `${word("the other name")}.png`, "image/png"),
      await this.uploads(jpeg, `${word("the third name")}.jpg`, `image/${word("the type")}`),
    ];
    for (const token of tokens)
      this.canaries.is(`a photo's token of ${this.who} (${token.slice(0, 6)})`, token);
    return tokens;
  }

  /** @param {string} what @param {any} body */
  async says(what, body) {
    const key = this.canaries.word(`the key of ${what} of ${this.who}`).padEnd(24, "0");
    return this.does("POST", `/receipt/${what}`, body, {
      "x-receipt-code": this.receipt,
      "idempotency-key": key,
    });
  }

  async reads() {
    return (await this.does("GET", "/receipt", undefined, { "x-receipt-code": this.receipt })).body;
  }
}

/** The life of three cases, with everything that is said in them. @param {House} house @param {Canaries} canaries */
export async function livesOfCases(house, canaries) {
  const by = (/** @type {string} */ username) => new Actor(house, canaries, username);
  const [triage, second, handler] = [by("demo_triage"), by("demo_triage2"), by("demo_handler1")];
  const unit = `township-government-${TOWNSHIP}`;
  const first = new Villager(house, canaries, "the confidential villager");
  await first.files("confidential", { photos: true });
  const id = await triage.finds(first.number);
  const event = { public: "complaint_events.public_note", internal: "complaint_events.internal_note" };
  await triage.acts(id, "request_supplement", { note: [event.public] });
  await first.says("supplement", { text: canaries.word("the supplement", MESSAGE), attachments: [] });
  await first.says("messages", { text: canaries.word("a message", MESSAGE), attachments: [] });
  await triage.acts(id, "accept");
  await triage.acts(
    id,
    "dispatch",
    // With the work of that unit its brief is gone.
    { brief: null, note: [event.internal, "audit.reason"] },
    { organisation_id: unit, share_attachments: true },
  );
  await handler.acts(id, "start");
  await handler.acts(id, "note", { text: [event.internal, "audit.reason"] });
  await handler.acts(id, "message", { text: MESSAGE });
  const answer = { facts: ["complaints.facts"], basis: ["complaints.facts"], remedy: ["complaints.facts"] };
  await handler.acts(id, "submit_answer", answer, { result: "explained" });
  const approved = await triage.acts(id, "approve", {
    note: [event.internal, "audit.reason"],
    public_answer: [
      "proposals.body",
      "proposals.reason",
      "published_answers.text",
      event.public,
      event.internal,
      "audit.reason",
    ],
  });
  await second.does("POST", `/admin/proposals/${approved.body.proposal_id}/decision`, {
    approve: true,
    note: canaries.word("the second person's note", ["proposals.note"]),
  });
  await first.says("rating", {
    rating: "basically_satisfied",
    comment: canaries.word("the rating's comment", ["complaints.facts"]),
  });
  await first.says("dispute", { reason: canaries.word("the dispute's reason", [event.internal]) });
  await first.reads();

  // A case that is being worked on.
  const third = new Villager(house, canaries, "the anonymous villager");
  await third.files("anonymous");
  const work = await triage.finds(third.number);
  await triage.acts(work, "accept");
  await triage.acts(work, "dispatch", { brief: ["complaints.facts"] }, { organisation_id: unit });

  // About somebody who is only described: it goes to the county at once, and is taken back.
  const other = new Villager(house, canaries, "the named villager");
  await other.files("named", { target: true });
  await other.says("withdraw", { reason: canaries.word("the withdrawal's reason", [event.internal]) });
  await new Stranger(house, canaries, "somebody who looks for a village").does(
    "GET",
    `/regions?q=${canaries.word("a search of the public")}`,
  );
  await triage.does("GET", `/admin/complaints?q=${canaries.word("a search of the staff")}`);
  const none = `/admin/complaints?category=${canaries.word("a category that is none")}`;
  assert.equal((await house.as(triage.username, "GET", none)).status, 400);
  return { id, first, other };
}
