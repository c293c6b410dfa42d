/** The page that asks a browser for the token; in Chinese and English, since nothing is known of who looks at it. */
export const signInPage = (address: string, wrong: boolean): string => `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>水保 Shuibao</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 30em; margin: 15vh auto; padding: 0 1em }
  input { font: inherit; width: 100%; box-sizing: border-box; margin: .5em 0; padding: .4em }
  button { font: inherit; padding: .3em 1.2em }
  .wrong { color: #b00020 }
</style>
<h1>任务队列看板 Queue board</h1>
<form method="post" action="${address}">
  <label>口令（工作目录中 api.json 的 token）<br>Token, from api.json in the workspace
    <input name="token" type="password" autocomplete="current-password" required autofocus></label>
  ${wrong ? '<p class="wrong">口令不对。The token is wrong.</p>' : ''}
  <button>登录 Sign in</button>
</form>
</html>
`;
