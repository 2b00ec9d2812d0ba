/** What a browser shows for an address that leads nowhere. It asks for no other file, not even an icon. */
export const notFoundPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Page not found</title>
<link rel="icon" href="data:,">
<style>
body { display: grid; place-content: center; min-height: 100svh; margin: 0; padding: 24px; box-sizing: border-box; font: 1rem/1.5 system-ui, sans-serif; text-align: center; background: #f7f8f5; color: #171c19 }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -0.02em; line-height: 1.15; text-wrap: balance }
p { margin: 12px 0 0; color: #545d57; text-wrap: balance }
a { display: inline-block; margin-top: 24px; padding: 9px 16px; border: 1px solid #7c867f; border-radius: 9px; color: #171c19; font-weight: 550; text-decoration: none }
:focus-visible { outline: 3px solid; outline-offset: 2px }
@media (prefers-color-scheme: dark) {
body { background: #0f1211; color: #edf1ee }
p { color: #a3ada6 }
a { border-color: #77827b; color: #edf1ee }
}
</style>
</head>
<body>
<main>
<h1>There is no such page</h1>
<p>The address leads nowhere. It may be mistyped.</p>
<a href="/">Go to the start page</a>
</main>
</body>
</html>
`
