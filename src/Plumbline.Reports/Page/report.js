// Everything on the page works without this script: it adds searching and opening a linked case.
for (const cases of document.querySelectorAll('.cases')) {
  const finder = cases.querySelector('.finder');
  const entries = [...cases.querySelectorAll('.case')];
  if (!finder || entries.length === 0) continue;
  finder.hidden = false;
  const words = finder.querySelector('input');
  const attack = finder.querySelector('.by-attack');
  const category = finder.querySelector('.by-category');
  const shown = finder.querySelector('output');
  const count = () => {
    const visible = entries.filter(entry => entry.checkVisibility()).length;
    shown.textContent = `${visible} of ${entries.length} shown`;
    cases.querySelector('.nothing').style.display = visible === 0 ? 'block' : 'none';
  };
  const find = () => {
    const wanted = words.value.trim().toLowerCase();
    for (const entry of entries) {
      entry.hidden = (attack.value !== '' && entry.dataset.attack !== attack.value)
        || (category.value !== '' && entry.dataset.category !== category.value)
        || (wanted !== '' && !entry.textContent.toLowerCase().includes(wanted));
    }
    count();
  };
  finder.addEventListener('input', find);
  cases.addEventListener('change', count);
  count();
}

const openLinked = () => {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked instanceof HTMLDetailsElement) {
    linked.closest('.cases').querySelector('.f-all').checked = true;
    linked.open = true;
    linked.scrollIntoView();
  }
};
addEventListener('hashchange', openLinked);
openLinked();
