export function Component() {
  return <h1>登录</h1>;
}
