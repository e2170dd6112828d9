// Who the complainant is: one clerk asks with a reason and a fresh code, another agrees, the first reads it once, and
// the villager sees that somebody looked, of which level and what for. Then the receipt is lost and issued anew.
import { staffPageStands } from "./looks";
import { STAFF } from "./people";
import { codeOf, secretOf } from "./phone";
import { expect, test } from "./stage";

const WORDS = "量地的时候少量了我家两分，想请人来复核。";
const NAME = "演示·周淑琴";
const PHONE = "13845101234";

/** Filed by hand elsewhere, with a name: the form has tests of its own. */
async function filed(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/complaints`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": "e2e-identity-0000000000001" },
    body: JSON.stringify({
      kind: "complaint",
      region_code: "230104111204",
      category: "service",
      text: WORDS,
      targets: [],
      attachments: [],
      identity: { mode: "confidential", name: NAME, phone: PHONE },
      filed_by: "self",
      may_publish_answer: false,
    }),
  });
  expect(answer.status).toBe(201);
  const { receipt_code } = (await answer.json()) as { receipt_code: string };
  return receipt_code;
}

test("an identity is opened by two persons, read once, and seen by the villager; a lost receipt comes anew", async ({
  people,
  server,
}) => {
  test.setTimeout(150_000);
  const code = await filed(server.origin);
  const triage = await people.staff("triage");
  const county = await people.staff("county");
  const { page } = triage;
  const card = page.getByRole("region", { name: "反映人的身份" });
  let number = "";
  await test.step("a clerk asks, and shows with a fresh code that it is still him", async () => {
    // That the server asks for the code is a refusal, which browsers print.
    triage.watch.pardon(/status of 403 .*\/api\/v1\/admin\/identity-requests$/);
    await triage.opens(WORDS.slice(0, 12));
    number = await triage.number();
    await card.getByRole("button", { name: "申请查看身份" }).click();
    const form = card.getByRole("form", { name: "申请查看身份" });
    await form.getByRole("radio", { name: "需要联系您核实情况" }).check();
    await form.getByLabel("具体理由").fill("地块位置说不清，要电话问一问");
    await form.getByRole("button", { name: "提出申请" }).click();
    const dialog = page.getByRole("dialog", { name: "请再确认是您本人" });
    await dialog.getByLabel("动态码").fill(codeOf(await secretOf(server, STAFF.triage.username), 30));
    await dialog.getByRole("button", { name: "确认" }).click();
    await expect(form).toBeHidden();
    await expect(card.getByText("等第二个人")).toBeVisible();
    await staffPageStands(page, "an identity asked for");
  });
  await test.step("somebody else agrees", async () => {
    const proves = async () => codeOf(await secretOf(server, STAFF.county.username), 30);
    await county.approvesWithCode(new RegExp(`查看反映人身份.*${number}`), "同意，请注意保密。", proves);
  });
  // The page asks anew every fifteen seconds; opened anew it would ask for another code.
  const soon = { timeout: 30_000 };
  await test.step("who asked reads it, this once", async () => {
    await card.getByRole("button", { name: "查看（只显示一次）" }).click(soon);
    await expect(card.getByText(PHONE)).toBeVisible();
    await staffPageStands(page, "an identity shown");
    await card.getByRole("button", { name: "看完了，收起" }).click();
    await expect(card.getByText(PHONE)).toHaveCount(0);
    await expect(card.getByRole("button", { name: "查看（只显示一次）" })).toHaveCount(0);
  });
  const villager = await people.villager();
  await test.step("the villager sees the day, the level and what for", async () => {
    await villager.readsTheAccounts("230104111204", "2026年10月");
    await villager.looksUp(code);
    const looks = villager.page.getByRole("region", { name: "谁看过您的身份" });
    await expect(looks).toContainText("需要联系您核实情况");
    await expect(looks).toContainText("乡镇");
  });
  await test.step("the receipt is lost: the county agrees to a new one, and the old one is dead", async () => {
    await card.getByRole("button", { name: "回执码丢了，申请补发" }).click();
    const form = card.getByRole("form", { name: "回执码丢了，申请补发" });
    await form.getByLabel("姓名").fill(NAME);
    await form.getByLabel("怎么核对的").fill("本人到窗口，身份证照片相符");
    await form.getByRole("button", { name: "提出申请" }).click();
    await expect(form).toBeHidden();
    const good = () => Promise.reject(new Error("the code is good for five minutes"));
    await county.approvesWithCode(new RegExp(`补发回执码.*${number}`), "同意补发。", good);
    await card.getByRole("button", { name: "领取新回执码" }).click(soon);
    const shown = await card.getByText(/(?:\d{4} ){4}\d{4}/).textContent();
    const fresh = (shown ?? "").replace(/\D/g, "");
    expect(fresh).toMatch(/^\d{20}$/);
    expect(fresh).not.toBe(code);
    await villager.looksUp(fresh);
    await expect(villager.page.getByRole("region", { name: "谁看过您的身份" })).toContainText("补发回执码");
  });
});
