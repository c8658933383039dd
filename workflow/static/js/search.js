// Searches an exported site: the words of ?q= in `articles`, which the script before this one holds. No module and
// no request, so that it also works from a folder without a server. Folds as publishing/folding.py does.

const LONGEST_QUERY = 120;
const MOST_WORDS = 8;
const MOST_SHOWN = 30;
const ARABIC = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ئ: "ي", ؤ: "و", ة: "ه", ـ: "" };
const LATIN = { ς: "σ", œ: "oe", æ: "ae", ß: "ss", "’": "'", ʼ: "'" };
const EXCHANGED = new RegExp(`[${Object.keys({ ...ARABIC, ...LATIN }).join("")}]`, "gu");

// The value of a digit of any script: Unicode has the ten of each in a row.
function digit(character) {
  let zero = character.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && character.codePointAt(0) - zero < 9) zero -= 1;
  return String(character.codePointAt(0) - zero);
}

function fold(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(EXCHANGED, (letter) => ARABIC[letter] ?? LATIN[letter])
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/(?![0-9])\p{Nd}/gu, digit)
    .trim()
    .replace(/\s+/gu, " ");
}

function foldedWords(query) {
  const words = fold(query.slice(0, LONGEST_QUERY)).match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map((word) => (word.startsWith("ال") && word.length > 4 ? word.slice(2) : word));
}

// The articles with every word; those that have them all in the title first, the newest first among equals.
function find(query) {
  const words = foldedWords(query);
  if (!words.length) return [];
  const inTitle = (article) => words.every((word) => fold(article.title).includes(word));
  const found = articles.filter((article) => words.every((word) => article.words.includes(word)));
  return [...found.filter(inTitle), ...found.filter((article) => !inTitle(article))];
}

function show(query) {
  const found = find(query);
  const said = document.getElementById("found");
  said.textContent = `${said.dataset.found} ${found.length}`;
  if (!found.length) {
    const quote = document.createElement("q");
    quote.dir = "auto";
    quote.textContent = query;
    said.replaceChildren(said.dataset.none, " ", quote);
  } else if (found.length > MOST_SHOWN) {
    said.textContent += `. ${said.dataset.more}`;
  }
  const list = document.getElementById("stories");
  list.hidden = !found.length;
  list.replaceChildren(
    ...found.slice(0, MOST_SHOWN).map((article) => {
      const item = document.getElementById("story").content.cloneNode(true);
      const [time, link, summary] = ["time", "a", "p"].map((tag) => item.querySelector(tag));
      time.dateTime = article.date;
      time.textContent = article.day;
      link.href = article.address;
      link.textContent = article.title;
      if (article.summary) summary.textContent = article.summary;
      else summary.remove();
      return item;
    }),
  );
}

const asked = (new URLSearchParams(location.search).get("q") ?? "").split(/\s+/u).join(" ").trim();
document.getElementById("search-words").value = asked;
if (asked) show(asked);
