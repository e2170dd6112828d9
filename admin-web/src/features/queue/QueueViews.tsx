export function QueueViews() {
  return null;
}
