// Every case that the page lists can be read without this script. It adds searching, opening a linked case, and the cases that are packed.
const unpack = async block => {
  const bytes = Uint8Array.from(atob(block.textContent.trim()), letter => letter.charCodeAt(0));
  const html = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  const holder = document.createElement('template');
  holder.innerHTML = html; // Written by the same code as the page itself, and escaped as it is; the policy forbids it any script or request.
  return [...holder.content.querySelectorAll('.case')];
};

const begin = cases => {
  const finder = cases.querySelector('.finder');
  const list = cases.querySelector('.list');
  const listed = [...list.querySelectorAll('.case')];
  if (!finder || listed.length === 0) return;
  finder.hidden = false;
  const words = finder.querySelector('input');
  const attack = finder.querySelector('.by-attack');
  const category = finder.querySelector('.by-category');
  const shown = finder.querySelector('output');
  const nothing = cases.querySelector('.nothing');
  const more = cases.querySelector('.more');
  const blocks = more && 'DecompressionStream' in window
    ? [...document.querySelectorAll('script.more-cases')].sort((one, other) => one.dataset.rank - other.dataset.rank)
    : [];
  const total = listed.length + blocks.reduce((sum, block) => sum + Number(block.dataset.count), 0);
  const step = 500;
  let added = [];
  let round = 0; // Raised by every new question: an answer to an older one is dropped.
  let left = [];

  const wanted = () => ({
    transition: cases.querySelector('.filters :checked').value,
    attack: attack.value,
    category: category.value,
    words: words.value.trim().toLowerCase(),
  });
  const fits = (entry, asked) =>
    (asked.transition === '' || entry.classList.contains('is-' + asked.transition))
    && (asked.attack === '' || entry.dataset.attack === asked.attack)
    && (asked.category === '' || entry.dataset.category === asked.category)
    && (asked.words === '' || entry.textContent.toLowerCase().includes(asked.words));

  const tell = (visible, isSearching) => {
    shown.textContent = isSearching ? `${visible} found, searching …` : `${visible} of ${total} shown`;
    nothing.style.display = visible === 0 && !isSearching && left.length === 0 ? 'block' : 'none';
    if (more) more.hidden = left.length === 0 || isSearching;
  };

  // Takes packed cases until a screenful fits or none is left.
  const take = async (asked, mine, visible) => {
    const until = visible + step;
    while (left.length > 0 && visible < until) {
      tell(visible, true);
      const entries = (await unpack(left[0])).filter(entry => fits(entry, asked));
      if (mine !== round) return;
      left.shift();
      list.append(...entries);
      added.push(...entries);
      visible += entries.length;
    }
    tell(visible, false);
  };

  const find = () => {
    const asked = wanted();
    for (const entry of added) entry.remove();
    added = [];
    for (const entry of listed) entry.hidden = !fits(entry, asked);
    left = blocks.filter(block => asked.transition === '' || block.dataset.transition === asked.transition);
    const visible = listed.filter(entry => !entry.hidden).length;
    round++;
    // Unasked, the page stays as it is: packed cases are unpacked when something is looked for, or by the button.
    const isAsking = asked.transition + asked.attack + asked.category + asked.words !== '';
    if (isAsking && visible < step) take(asked, round, visible);
    else tell(visible, false);
  };

  finder.addEventListener('input', find);
  cases.querySelector('.filters').addEventListener('change', find);
  more?.querySelector('button').addEventListener('click', () => take(wanted(), round, listed.filter(entry => !entry.hidden).length + added.length));
  find();

  cases.open = async id => {
    for (const block of blocks) {
      const entry = (await unpack(block)).find(one => one.id === id);
      if (!entry) continue;
      list.prepend(entry);
      added.push(entry);
      return entry;
    }
  };
};

const openLinked = async () => {
  const id = decodeURIComponent(location.hash.slice(1));
  let linked = document.getElementById(id);
  if (!linked && id.includes('case-')) {
    for (const cases of document.querySelectorAll('.cases')) linked ??= await cases.open?.(id);
  }
  if (linked instanceof HTMLDetailsElement) {
    const all = linked.closest('.cases').querySelector('.f-all');
    if (!all.checked) all.click();
    linked.hidden = false;
    linked.open = true;
    linked.scrollIntoView();
  }
};

document.querySelectorAll('.cases').forEach(begin);
addEventListener('hashchange', openLinked);
openLinked();
