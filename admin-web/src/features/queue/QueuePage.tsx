export default function QueuePage() {
  return <h1>待办队列</h1>;
}
