const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const index = JSON.parse($("index").textContent);
const names = index.graphs.map((graph) => graph.name);
const PICTURES = ["stationary", "mean", "row", "field", "edges", "visits"];
const MOST_EDGES = 1500; // more are slow to draw and hide each other
const TRAIL = 12; // last steps of the walker that are drawn
const THEMES = ["auto", "light", "dark"];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const state = { data: "", cut: 0, pixel: 0, theme: "auto", playing: false };
const shown = {}; // current traces and layout of each picture
let graph = null; // data of the current graph
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
    const number = names.indexOf(name);
    const metadata = index.graphs[number];
    const arrays = await unpack($(`data-${number}`).textContent, metadata.arrays);
    const size = metadata.rows * metadata.columns;
    loaded.set(name, { ...metadata, ...arrays, size,
      ranks: square(arrays.ranks, size), fields: await fieldsOf(metadata.networks) });
  }
  return loaded.get(name);
}

// Return the symmetric matrix with the given entries from the diagonal on.
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
  const fields = [];
  for (const name of list) {
    const network = index.networks[name];
    if (!networks.has(name)) {
      networks.set(name, (await unpack(network.text, network.arrays)).fields);
    }
    fields.push({ name, count: network.count, values: networks.get(name) });
  }
  return fields;
}

const least = (cut) => graph.least.subarray(cut * graph.size, (cut + 1) * graph.size);
const distribution = (cut) =>
  graph.distributions.subarray(cut * graph.size, (cut + 1) * graph.size);

// Return the weights of a pixel's entries that the current cut keeps.
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

// Return the heaviest edges between different pixels, and the number of all.
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
  const edges = [];
  each((i, j, rank) => { if (rank >= from) edges.push([i, j, graph.levels[rank]]); });
  if (!edges.length && count) { // too many of equal weight: every n-th
    const top = tally.findLastIndex((number) => number > 0);
    const stride = Math.ceil(tally[top] / MOST_EDGES);
    let number = 0;
    each((i, j, rank) => {
      if (rank === top && number++ % stride === 0) edges.push([i, j, graph.levels[rank]]);
    });
  }
  return { edges, count };
}

// Words ------------------------------------------------------------------------------

const digits = (value, most = 3) =>
  value.toLocaleString("en", { maximumSignificantDigits: most });
const whole = (value) => value.toLocaleString("en");
const percent = (share) => `${digits(100 * share)} %`;
const place = (pixel) =>
  `row ${Math.floor(pixel / graph.columns)}, column ${pixel % graph.columns}`;
const correlation = (value) => (value === null ? "undefined" : value.toFixed(3));
const some = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;

function inWords(cut) {
  const lone = cut.lone ? `, ${some(cut.lone, "isolated pixel", "isolated pixels")}` : "";
  const pieces = some(cut.pieces, "component", "components");
  return `${percent(cut.share)} of entries, ${pieces}${lone}, ` +
    `r = ${correlation(cut.correlation)}`;
}
