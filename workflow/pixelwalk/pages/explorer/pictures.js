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
  const rim = 0.5 + Math.max(graph.rows, graph.columns) / 120; // for a frame at the edge
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
    ? `Reference for the walk: the mean of ${graph.description}, grey values.`
    : `Reference for the walk: the mean of ${graph.description}.` + (graph.even
      ? " Without a field, spins are up as often as down, so it is mostly noise." : "");
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
    ? `Row of the transition matrix for the selected pixel, its learned receptive field: ` +
      `steps to ${some(count, "pixel", "pixels")}. With probability ${jump} ` +
      "the walk jumps to any pixel instead."
    : "This pixel has no edges: from here the walk always jumps to any pixel.") +
    (cropped ? " This page holds only the heaviest entries." : "");
  $("plot-row").setAttribute("aria-label",
    `Steps of the walk from ${place(state.pixel)}: to ${count} pixels`);
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
      ? "The walk steps from here to no pixel, or equally to all: no field is similar."
      : "No autoencoder of this configuration is trained on these images.";
    return null;
  }
  const network = graph.fields.find((each) => {
    if (which < each.count) return true;
    which -= each.count;
    return false;
  });
  const flat = network.values.subarray(which * graph.size, (which + 1) * graph.size);
  const most = flat.reduce((m, value) => Math.max(m, Math.abs(value)), 0) || 1;
  const label = `Neuron ${which} of network ${network.name}, correlation ` +
    `${graph.likeness[at].toFixed(2)} with the row of the selected pixel`;
  $("caption-field").textContent = `${label}: the largest absolute value of all ` +
    `${whole(graph.fields.reduce((sum, each) => sum + each.count, 0))} neurons. Weights ` +
    "from each pixel to the neuron.";
  $("plot-field").setAttribute("aria-label", label);
  const bar = heat(flat, {}).colorbar;
  return draw("field", [heat(flat, { colorscale: index.difference, zmin: -most,
    zmax: most, hovertemplate: "row %{y}, column %{x}<br>%{z:.3f}<extra></extra>",
    colorbar: { ...bar, tickformat: "~g" } })], frame(state.pixel));
}

// Return an edge as line segments: on a periodic lattice it may leave at one side and
// return at the other.
function segments(i, j) {
  const { rows, columns, boundary } = graph;
  const from = [i % columns, Math.floor(i / columns)];
  const to = [j % columns, Math.floor(j / columns)];
  const direct = [to[0] - from[0], to[1] - from[1]];
  let short = direct;
  if (boundary === "periodic") {
    short = [direct[0] - columns * Math.round(direct[0] / columns),
      direct[1] - rows * Math.round(direct[1] / rows)];
  } else if (boundary === "helical") { // sites lie on one line around a cylinder
    const sites = j - i - rows * columns * Math.round((j - i) / (rows * columns));
    const down = Math.round(sites / columns);
    short = [sites - columns * down, down];
  }
  if (short[0] === direct[0] && short[1] === direct[1]) return [from, to, [null, null]];
  return [from, [from[0] + short[0] / 2, from[1] + short[1] / 2], [null, null],
    to, [to[0] - short[0] / 2, to[1] - short[1] / 2], [null, null]];
}

let drawn = []; // edges in the picture
let left = ""; // their number, if not all

// Return the trace with the edges of the selected pixel.
function ownEdges() {
  const points = drawn.filter(([i, j]) => i === state.pixel || j === state.pixel)
    .flatMap(([i, j]) => segments(i, j));
  return { type: "scatter", mode: "lines", hoverinfo: "skip", opacity: 0.8,
    x: points.map((point) => point[0]), y: points.map((point) => point[1]),
    line: { color: ink("--focus"), width: 1.4 } };
}

function drawEdges() {
  const { edges, count } = heaviest();
  const sorted = edges.sort((one, other) => one[2] - other[2]);
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
  const total = graph.cuts[state.cut].edges;
  drawn = edges;
  left = edges.length < total
    ? `: the heaviest ${whole(edges.length)} of ${whole(total)}` : "";
  $("caption-edges").textContent = !total ? "No edges are kept." : (edges.length < total
    ? `The heaviest ${whole(edges.length)} of ${whole(total)} edges, `
    : `All ${some(total, "edge", "edges")}, `) + "heavier ones bolder, on the mean " +
    "image in grey; those of the selected pixel in orange. Self-loops are not drawn." +
    (graph.boundary === "free" ? "" : " Opposite sides of this lattice are joined: such " +
      "edges leave the picture.");
  $("plot-edges").setAttribute("aria-label",
    `${edges.length} of ${total} edges on the grid of pixels`);
  return draw("edges", [under, ...traces, ownEdges()], frame(state.pixel));
}

// Draw the same edges for another selected pixel.
function redrawEdges() {
  return draw("edges", [...shown.edges.traces.slice(0, -1), ownEdges()],
    frame(state.pixel));
}

function drawVisits() {
  const flat = Float64Array.from(walk.visits, (visits) => visits / (walk.steps || 1));
  const goal = distribution(state.cut);
  const far = flat.reduce((sum, share, i) => sum + Math.abs(share - goal[i]), 0) / 2;
  $("caption-visits").textContent = walk.steps
    ? `${some(walk.steps, "step", "steps")}: the fraction of them at each pixel. ` +
      `The total variation distance from the stationary distribution is ${percent(far)}.`
    : "Press play: a walker (orange) steps from pixel to pixel, and its visits approach " +
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
      title: { text: "entries kept, %", font: { size: 12, color: ink("--soft") },
        standoff: 4 } },
    yaxis: { ...axis, nticks: 5, rangemode: "normal" } }, CONFIG);
}
