/**
 * The one line that a website needs:
 *
 *   <script type="module" src="https://host/widget.js" data-municipality="umea"></script>
 *
 * It adds the chat at the end of the page. docs/widget.md tells what else can be said with data-.
 */

/** @typedef {typeof import('./components/chat/element.js')} ElementModule */

const here = new URL(import.meta.url)
const scripts = [...document.querySelectorAll('script')].filter(({ src }) => src === here.href)

// Beside this file on the server, whatever path a proxy has put it under.
/** @type {ElementModule} */
const { NAME } = await import(new URL('assets/components/chat/element.js', here).href)

for (const script of scripts) {
  const chat = document.createElement(NAME)
  Object.assign(chat.dataset, script.dataset)
  document.body.append(chat)
}

export {}
