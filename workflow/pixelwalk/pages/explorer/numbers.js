const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const index = JSON.parse($("index").textContent);
const names = index.graphs.map((graph) => graph.name);
const PICTURES = ["stationary", "mean", "row", "field", "edges", "visits"];
const MOST_EDGES = 1500; // more make one blot, and drawing them slow
const TRAIL = 12; // steps that are drawn behind the walker
const THEMES = ["auto", "light", "dark"];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const state = { data: "", cut: 0, pixel: 0, theme: "auto", playing: false };
const shown = {}; // of each picture the traces and the layout that it shows
let graph = null; // the numbers of the graph that is shown
let walk = null;

// Numbers ----------------------------------------------------------------------------

const TYPES = { float64: Float64Array, float32: Float32Array, int32: Int32Array,
  uint32: Uint32Array, uint16: Uint16Array, uint8: Uint8Array };

async function unpack(text, places) {
  const packed = Uint8Array.from(atob(text.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream()
    .pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  return Object.fromEntries(Object.entries(places).map(([name, [type, start, size]]) =>
    [name, new TYPES[type](buffer, start, size)]));
}

const loaded = new Map();

async function load(name) {
  if (!loaded.has(name)) {
    const place = names.indexOf(name);
    const told = index.graphs[place];
    const numbers = await unpack($(`data-${place}`).textContent, told.arrays);
    const size = told.rows * told.columns;
    loaded.set(name, { ...told, ...numbers, size,
      ranks: square(numbers.ranks, size), fields: await fieldsOf(told.networks) });
  }
  return loaded.get(name);
}

// The pairs from the diagonal on as a whole matrix.
function square(half, size) {
  const whole = new half.constructor(size * size);
  let at = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = i; j < size; j += 1, at += 1) {
      whole[i * size + j] = half[at];
      whole[j * size + i] = half[at];
    }
  }
  return whole;
}

const networks = new Map();

async function fieldsOf(list) {
  const found = [];
  for (const name of list) {
    const network = index.networks[name];
    if (!networks.has(name)) {
      networks.set(name, (await unpack(network.text, network.arrays)).fields);
    }
    found.push({ name, count: network.count, values: networks.get(name) });
  }
  return found;
}

const least = (cut) => graph.least.subarray(cut * graph.size, (cut + 1) * graph.size);
const distribution = (cut) =>
  graph.distributions.subarray(cut * graph.size, (cut + 1) * graph.size);

// Weights of a pixel's entries that stay under the cut that is shown.
function entries(pixel) {
  const bound = least(state.cut);
  const row = new Float64Array(graph.size);
  for (let j = 0; j < graph.size; j += 1) {
    const rank = graph.ranks[pixel * graph.size + j];
    if (rank && rank >= Math.min(bound[pixel], bound[j])) row[j] = graph.levels[rank];
  }
  return row;
}

function transitions(pixel) {
  const row = entries(pixel);
  const total = row.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? row.map((weight) => weight / total) : row;
}

// The heaviest edges between different pixels, and how many there are.
function heaviest() {
  const bound = least(state.cut);
  const { size, ranks } = graph;
  const tally = new Uint32Array(graph.levels.length + 1);
  let count = 0;
  const each = (visit) => {
    for (let i = 0; i < size; i += 1) {
      for (let j = i + 1; j < size; j += 1) {
        const rank = ranks[i * size + j];
        if (rank && rank >= Math.min(bound[i], bound[j])) visit(i, j, rank);
      }
    }
  };
  each((i, j, rank) => { tally[rank] += 1; count += 1; });
  let from = tally.length - 1;
  for (let sum = tally[from]; from > 1 && sum + tally[from - 1] <= MOST_EDGES;) {
    from -= 1;
    sum += tally[from];
  }
  const found = [];
  each((i, j, rank) => { if (rank >= from) found.push([i, j, graph.levels[rank]]); });
  if (!found.length && count) { // of one weight there are too many: every so manieth
    const top = tally.findLastIndex((number) => number > 0);
    const stride = Math.ceil(tally[top] / MOST_EDGES);
    let seen = 0;
    each((i, j, rank) => {
      if (rank === top && seen++ % stride === 0) found.push([i, j, graph.levels[rank]]);
    });
  }
  return { found, count };
}

// Words ------------------------------------------------------------------------------

const digits = (value, most = 3) =>
  value.toLocaleString("en", { maximumSignificantDigits: most });
const whole = (value) => value.toLocaleString("en");
const percent = (share) => `${digits(100 * share)} %`;
const place = (pixel) =>
  `row ${Math.floor(pixel / graph.columns)}, column ${pixel % graph.columns}`;
const likeness = (value) => (value === null ? "undefined" : value.toFixed(3));
const some = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;

function inWords(cut) {
  const alone = cut.lone ? `, ${some(cut.lone, "pixel", "pixels")} alone` : "";
  return `${percent(cut.share)} of entries, ${some(cut.pieces, "piece", "pieces")}` +
    `${alone}, r = ${likeness(cut.correlation)}`;
}
