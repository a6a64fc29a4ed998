// Drawing ----------------------------------------------------------------------------

const CONFIG = { displayModeBar: false, responsive: true, doubleClick: false };
const ink = (name) => getComputedStyle(root).getPropertyValue(name).trim();

function rowsOf(flat) {
  return Array.from({ length: graph.rows }, (_, row) =>
    flat.subarray(row * graph.columns, (row + 1) * graph.columns));
}

function heat(flat, options) {
  return { type: "heatmap", z: rowsOf(flat), colorscale: "Viridis", zmin: 0,
    hovertemplate: "row %{y}, column %{x}<br>%{z:.3~%}<extra></extra>",
    colorbar: { thickness: 9, len: 0.94, outlinewidth: 0, nticks: 5, tickformat: "~%",
      tickfont: { size: 11, color: ink("--soft") }, x: 1.01, xpad: 2 }, ...options };
}

function frame(pixel) {
  const x = pixel % graph.columns;
  const y = Math.floor(pixel / graph.columns);
  const box = { type: "rect", x0: x - 0.5, x1: x + 0.5, y0: y - 0.5, y1: y + 0.5 };
  return [{ ...box, line: { color: "#000", width: 4 } },
    { ...box, line: { color: "#fff", width: 2 } }];
}

function layoutOf(shapes = []) {
  const axis = { showgrid: false, zeroline: false, visible: false, fixedrange: true };
  const rim = 0.5 + Math.max(graph.rows, graph.columns) / 120; // half a frame is outside
  return { margin: { l: 2, r: 58, t: 2, b: 2 }, dragmode: false, showlegend: false,
    hovermode: "closest", paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink("--ink"), family: "system-ui, sans-serif" }, shapes,
    xaxis: { ...axis, range: [-rim, graph.columns - 1 + rim], constrain: "domain" },
    yaxis: { ...axis, range: [graph.rows - 1 + rim, -rim], scaleanchor: "x",
      constrain: "domain" } };
}

function draw(picture, traces, shapes) {
  shown[picture] = { traces, layout: layoutOf(shapes) };
  return Plotly.react($(`plot-${picture}`), traces, shown[picture].layout, CONFIG);
}

const top = (flat) => flat.reduce((most, value) => Math.max(most, value), 0) || 1;

function drawStationary() {
  const flat = distribution(state.cut);
  $("plot-stationary").setAttribute("aria-label", `Stationary distribution of ` +
    `${graph.name}; ${place(state.pixel)} chosen, where the walk spends ` +
    `${percent(flat[state.pixel])} of its time`);
  return draw("stationary", [heat(flat, { zmax: top(flat) })], frame(state.pixel));
}

function drawMean() {
  $("plot-mean").setAttribute("aria-label", `Mean image of ${graph.description}`);
  const most = graph.mean.reduce((m, value) => Math.max(m, Math.abs(value)), 0) || 1;
  const bar = heat(graph.mean, {}).colorbar;
  const spins = { colorscale: index.difference, zmin: -most, zmax: most };
  const grey = { colorscale: "Cividis", zmin: 0, zmax: most };
  $("caption-mean").textContent = graph.grey
    ? `What the walk is held against: the mean of ${graph.description}, grey values.`
    : `What the walk is held against: the mean of ${graph.description}.` + (graph.even
      ? " Without a field spins are up as often as down, so it is mostly noise." : "");
  return draw("mean", [heat(graph.mean, { ...(graph.grey ? grey : spins),
    hovertemplate: "row %{y}, column %{x}<br>%{z:.3g}<extra></extra>",
    colorbar: { ...bar, tickformat: "~g" } })], frame(state.pixel));
}

function drawRow() {
  const row = transitions(state.pixel);
  const count = row.reduce((sum, chance) => sum + (chance > 0), 0);
  $("where").textContent = place(state.pixel);
  const jump = percent(graph.teleport);
  const cropped = graph.kept !== null && graph.cuts[state.cut].share > graph.kept;
  $("caption-row").textContent = (count
    ? `The chosen pixel's row of the transition matrix, its learned receptive field: ` +
      `${some(count, "pixel", "pixels")} to step to. Besides, with a chance of ${jump} ` +
      "the walk jumps to any pixel."
    : "No edge is left at this pixel: from here the walk always jumps to any pixel.") +
    (cropped ? " Only the heaviest entries are in this page." : "");
  $("plot-row").setAttribute("aria-label",
    `Where the walk steps from ${place(state.pixel)}: ${count} pixels`);
  return draw("row", [heat(row, { zmax: top(row), colorscale: "Viridis" })],
    frame(state.pixel));
}

function drawField() {
  const at = state.cut * graph.size + state.pixel;
  let which = graph.nearest ? graph.nearest[at] : -1;
  $("plot-field").hidden = which < 0;
  $("absent").hidden = which >= 0;
  $("caption-field").textContent = "";
  if (which < 0) {
    delete shown.field;
    $("absent").textContent = graph.nearest
      ? "The walk steps from here to no pixel, or to all alike: no field is nearest."
      : "No autoencoder of this configuration sees such images.";
    return null;
  }
  const network = graph.fields.find((each) => {
    if (which < each.count) return true;
    which -= each.count;
    return false;
  });
  const flat = network.values.subarray(which * graph.size, (which + 1) * graph.size);
  const most = flat.reduce((m, value) => Math.max(m, Math.abs(value)), 0) || 1;
  const told = `Neuron ${which} of network ${network.name}, correlation ` +
    `${graph.likeness[at].toFixed(2)} with the row beside it`;
  $("caption-field").textContent = `${told}: of all ${whole(graph.fields.reduce(
    (sum, each) => sum + each.count, 0))} neurons the most alike, sign aside. Weights ` +
    "from each pixel to the neuron.";
  $("plot-field").setAttribute("aria-label", told);
  const bar = heat(flat, {}).colorbar;
  return draw("field", [heat(flat, { colorscale: index.difference, zmin: -most,
    zmax: most, hovertemplate: "row %{y}, column %{x}<br>%{z:.3f}<extra></extra>",
    colorbar: { ...bar, tickformat: "~g" } })], frame(state.pixel));
}

// An edge as line segments: on a joined lattice it may leave on one side and come
// back on the other.
function segments(i, j) {
  const { rows, columns, boundary } = graph;
  const from = [i % columns, Math.floor(i / columns)];
  const to = [j % columns, Math.floor(j / columns)];
  const way = [to[0] - from[0], to[1] - from[1]];
  let short = way;
  if (boundary === "periodic") {
    short = [way[0] - columns * Math.round(way[0] / columns),
      way[1] - rows * Math.round(way[1] / rows)];
  } else if (boundary === "helical") { // sites stand on one line, around a cylinder
    const sites = j - i - rows * columns * Math.round((j - i) / (rows * columns));
    const down = Math.round(sites / columns);
    short = [sites - columns * down, down];
  }
  if (short[0] === way[0] && short[1] === way[1]) return [from, to, [null, null]];
  return [from, [from[0] + short[0] / 2, from[1] + short[1] / 2], [null, null],
    to, [to[0] - short[0] / 2, to[1] - short[1] / 2], [null, null]];
}

let drawn = []; // edges
let left = ""; // how many they are, if not all

// Those of the chosen pixel.
function ownEdges() {
  const points = drawn.filter(([i, j]) => i === state.pixel || j === state.pixel)
    .flatMap(([i, j]) => segments(i, j));
  return { type: "scatter", mode: "lines", hoverinfo: "skip", opacity: 0.8,
    x: points.map((point) => point[0]), y: points.map((point) => point[1]),
    line: { color: ink("--focus"), width: 1.4 } };
}

function drawEdges() {
  const { found, count } = heaviest();
  const sorted = found.sort((one, other) => one[2] - other[2]);
  const third = Math.ceil(sorted.length / 3);
  const traces = [0, 1, 2].map((part) => {
    const points = sorted.slice(part * third, (part + 1) * third)
      .flatMap(([i, j]) => segments(i, j));
    return { type: "scatter", mode: "lines", hoverinfo: "skip",
      x: points.map((point) => point[0]), y: points.map((point) => point[1]),
      opacity: [0.2, 0.4, 0.8][part],
      line: { color: ink("--edge"), width: [0.6, 1, 1.6][part] } };
  });
  const scale = [[0, ink("--card")], [1, ink("--soft")]];
  const most = graph.mean.reduce((m, value) => Math.max(m, Math.abs(value)), 0) || 1;
  const under = heat(graph.mean, { colorscale: scale, showscale: false, opacity: 0.45,
    zmin: graph.grey ? 0 : -most, zmax: most, hoverinfo: "skip", hovertemplate: null });
  const promised = graph.cuts[state.cut].edges;
  drawn = found;
  left = found.length < promised
    ? `: the heaviest ${whole(found.length)} of ${whole(promised)}` : "";
  $("caption-edges").textContent = !promised ? "No edges are left." : (found.length < promised
    ? `Drawn are ${whole(found.length)} of ${whole(promised)} edges, the heaviest, `
    : `All ${some(promised, "edge", "edges")}, `) + "heavier ones bolder, on the mean " +
    "image in grey; in orange those of the chosen pixel. Edges of a pixel with " +
    "itself are not drawn." +
    (graph.boundary === "free" ? "" : " Opposite sides of this lattice are joined: such " +
      "edges leave the picture.");
  $("plot-edges").setAttribute("aria-label",
    `${found.length} of ${promised} edges on the grid of pixels`);
  return draw("edges", [under, ...traces, ownEdges()], frame(state.pixel));
}

// Another pixel, the same edges.
function redrawEdges() {
  return draw("edges", [...shown.edges.traces.slice(0, -1), ownEdges()],
    frame(state.pixel));
}

function drawVisits() {
  const flat = Float64Array.from(walk.visits, (visits) => visits / (walk.steps || 1));
  const goal = distribution(state.cut);
  const far = flat.reduce((sum, share, i) => sum + Math.abs(share - goal[i]), 0) / 2;
  $("caption-visits").textContent = walk.steps
    ? `${some(walk.steps, "step", "steps")}: the share of them at each pixel. ` +
      `${percent(far)} of the visits would have to move to other pixels to give the ` +
      "stationary distribution."
    : "Press play: a walker (orange) steps from pixel to pixel, and its visits build up " +
      "the stationary distribution.";
  const x = walk.trail.map((pixel) => (pixel === null ? null : pixel % graph.columns));
  const y = walk.trail.map((pixel) =>
    (pixel === null ? null : Math.floor(pixel / graph.columns)));
  const walker = { type: "scatter", mode: "lines+markers", x, y, hoverinfo: "skip",
    line: { color: "#ff8c1a", width: 1.5 }, marker: { color: "#ff8c1a", opacity: 1,
      size: x.map((_, i) => (i === x.length - 1 ? 13 : 3)),
      line: { color: "#fff", width: x.map((_, i) => (i === x.length - 1 ? 2 : 0)) } } };
  $("plot-visits").setAttribute("aria-label", $("caption-visits").textContent);
  const peak = Math.min(top(flat), 1.5 * top(goal));
  return draw("visits", [heat(flat, { zmax: walk.steps ? peak : top(goal) }), walker]);
}

function drawCurve() {
  const known = graph.cuts.map((cut, i) => ({ ...cut, i }))
    .filter((cut) => cut.correlation !== null);
  const here = known.filter((cut) => cut.i === state.cut);
  const points = (list) => ({ type: "scatter", x: list.map((cut) => 100 * cut.share),
    y: list.map((cut) => cut.correlation), customdata: list.map((cut) => cut.i),
    hovertemplate: "%{x:.3g} % of entries<br>r = %{y:.3f}<extra></extra>" });
  const axis = { fixedrange: true, gridcolor: ink("--line"), linecolor: ink("--line"),
    tickfont: { size: 11, color: ink("--soft") }, zeroline: false };
  return Plotly.react($("plot-curve"), [
    { ...points(known), mode: "lines+markers", line: { color: ink("--accent"), width: 1.5 },
      marker: { size: known.map((cut) => (cut.own ? 8 : 4)), color: ink("--accent") } },
    { ...points(here), mode: "markers",
      marker: { size: 14, color: "#ff8c1a", line: { color: "#fff", width: 2 } } },
  ], { margin: { l: 38, r: 8, t: 6, b: 34 }, dragmode: false, showlegend: false,
    hovermode: "closest", paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink("--ink"), family: "system-ui, sans-serif" },
    xaxis: { ...axis, type: "log", autorange: "reversed", dtick: 1,
      title: { text: "entries that stay, %", font: { size: 12, color: ink("--soft") },
        standoff: 4 } },
    yaxis: { ...axis, nticks: 5, rangemode: "normal" } }, CONFIG);
}
