import { dictionary } from "../lib/i18n";

export const uiWords = dictionary({
  request_id: ["求助时请提供编号", "When asking for help, give this number"],
  no_light: ["不计时", "No clock"],
  paused: ["暂停计时", "Paused"],
  due_today: ["今天到期", "Due today"],
  late_days: ["超时 {n} 个工作日", "{n} working {n|day|days} late"],
  late_today: ["超时不到 1 个工作日", "Less than a working day late"],
  late_hours: ["超时 {n} 小时", "{n} {n|hour|hours} late"],
  late_calendar: ["超时 {n} 天", "{n} {n|day|days} late"],
  left_days: ["剩 {n} 个工作日", "{n} working {n|day|days} left"],
  left_hours: ["剩 {h} 小时 {m} 分", "{h} h {m} min left"],
  left_minutes: ["剩 {m} 分", "{m} min left"],
  left_calendar: ["剩 {n} 天", "{n} {n|day|days} left"],
  latest: ["{stage} · 最晚 {day}", "{stage} · by {day}"],
  was_due: ["{stage} · 应在 {day} 前", "{stage} · was due {day}"],
});
