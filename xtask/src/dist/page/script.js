// Shows the search and the copy buttons. Everything can be read without it.
'use strict';

const search = document.querySelector('#search');
const found = document.querySelector('#found');
const blocks = [...document.querySelectorAll('[data-block]')].map((element) => ({
  element,
  text: element.textContent.toLowerCase(),
}));
const groups = [...document.querySelectorAll('[data-group]')];
const links = [...document.querySelectorAll('#contents a[href^="#"]')].map((link) => ({
  item: link.parentElement,
  target: document.getElementById(decodeURIComponent(link.hash.slice(1))),
}));

// Which details were open before the search.
let openBefore = null;

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const hasAll = (text) => words.every((word) => text.includes(word));
  let count = 0;
  for (const { element, text } of blocks) {
    element.hidden = !hasAll(text);
    count += element.hidden ? 0 : 1;
  }
  for (const group of groups) {
    group.hidden = !group.querySelector('[data-block]:not([hidden])');
  }
  for (const { item, target } of links) {
    const shown = target.matches('[data-block], [data-group]')
      ? !target.hidden
      : target.querySelector('[data-block]:not([hidden])') !== null;
    item.hidden = !shown && item.querySelector('li:not([hidden])') === null;
  }
  found.value = words.length === 0 ? '' : count === 1 ? '1 section' : `${count} sections`;
  document.querySelector('#nothing').hidden = count !== 0;
  open(words, hasAll);
  mark(words);
}

// Opens the details that hold what is looked for, and leaves them as they were when the search is over.
function open(words, hasAll) {
  const details = [...document.querySelectorAll('main details')];
  openBefore ??= details.map((element) => element.open);
  details.forEach((element, index) => {
    element.open = openBefore[index];
  });
  if (words.length === 0) {
    openBefore = null;
    return;
  }
  const opened = new Set();
  for (const element of details) {
    if (hasAll(element.textContent.toLowerCase()) && !opened.has(element.name)) {
      element.open = true;
      if (element.name) opened.add(element.name);
    }
  }
}

function mark(words) {
  if (!CSS.highlights) return;
  CSS.highlights.clear();
  if (words.length === 0) return;
  const ranges = [];
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = node.data.toLowerCase();
    for (const word of words) {
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges));
}

function addCopyButton(element, text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  element.append(button);
}

document.querySelector('#search-form').hidden = false;
document.querySelector('#search-form').addEventListener('submit', (event) => event.preventDefault());
search.addEventListener('input', filter);
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === 'Escape' && search.value !== '') {
    search.value = '';
    filter();
  }
});

// Browsers give the clipboard to pages from https and from files only.
if (navigator.clipboard) {
  for (const element of document.querySelectorAll('[data-copy]')) {
    addCopyButton(element, element.dataset.copy);
  }
  for (const code of document.querySelectorAll('pre > code')) {
    addCopyButton(code.parentElement, code.textContent);
  }
}

// A phone shows the text first.
if (matchMedia('(width < 64rem)').matches) {
  document.querySelector('#contents').open = false;
}
