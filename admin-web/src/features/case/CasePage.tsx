export function Component() {
  return <h1>案件</h1>;
}
