"use strict";
(() => {
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
    return { margin: { l: 2, r: 58, t: 2, b: 2 }, dragmode: false, showlegend: false,
      hovermode: "closest", paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink("--ink"), family: "system-ui, sans-serif" }, shapes,
      xaxis: { ...axis, range: [-0.5, graph.columns - 0.5], constrain: "domain" },
      yaxis: { ...axis, range: [graph.rows - 0.5, -0.5], scaleanchor: "x",
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
    const spins = { colorscale: "RdBu", reversescale: true, zmin: -most, zmax: most };
    const grey = { colorscale: "Cividis", zmin: 0, zmax: most };
    $("caption-mean").textContent = graph.grey
      ? `What the walk is held against: the mean of ${graph.description}, grey values.`
      : `What the walk is held against: the mean of ${graph.description}. Spins are up ` +
        "as often as down, so it is mostly noise.";
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
    return draw("field", [heat(flat, { colorscale: "RdBu", reversescale: true, zmin: -most,
      zmax: most, hovertemplate: "row %{y}, column %{x}<br>%{z:.3f}<extra></extra>",
      colorbar: { ...bar, tickformat: "~g" } })], frame(state.pixel));
  }

  // An edge as line segments: on a periodic lattice it may leave on one side and come
  // back on the other.
  function segments(i, j) {
    const { rows, columns, periodic } = graph;
    const from = [i % columns, Math.floor(i / columns)];
    const to = [j % columns, Math.floor(j / columns)];
    const way = [to[0] - from[0], to[1] - from[1]];
    const short = periodic ? [way[0] - columns * Math.round(way[0] / columns),
      way[1] - rows * Math.round(way[1] / rows)] : way;
    if (short[0] === way[0] && short[1] === way[1]) return [from, to, [null, null]];
    return [from, [from[0] + short[0] / 2, from[1] + short[1] / 2], [null, null],
      to, [to[0] - short[0] / 2, to[1] - short[1] / 2], [null, null]];
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
        opacity: [0.35, 0.6, 0.95][part],
        line: { color: ink("--edge"), width: [0.6, 1, 1.6][part] } };
    });
    const scale = [[0, ink("--card")], [1, ink("--soft")]];
    const most = graph.mean.reduce((m, value) => Math.max(m, Math.abs(value)), 0) || 1;
    const under = heat(graph.mean, { colorscale: scale, showscale: false, opacity: 0.45,
      zmin: graph.grey ? 0 : -most, zmax: most, hoverinfo: "skip", hovertemplate: null });
    const promised = graph.cuts[state.cut].edges;
    $("caption-edges").textContent = (found.length < promised
      ? `Drawn are ${whole(found.length)} of ${whole(promised)} edges, the heaviest, `
      : `All ${some(promised, "edge", "edges")}, `) + "heavier ones darker, on the mean " +
      "image in grey. Edges of a pixel with itself are not drawn." +
      (graph.periodic ? " Opposite sides of this lattice are joined: such edges leave " +
        "the picture." : "");
    $("plot-edges").setAttribute("aria-label",
      `${found.length} of ${promised} edges on the grid of pixels`);
    return draw("edges", [under, ...traces], frame(state.pixel));
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
      line: { color: "#ff8c1a", width: 1.5 }, marker: { color: "#ff8c1a",
        size: x.map((_, i) => (i === x.length - 1 ? 13 : 3)),
        line: { color: "#fff", width: x.map((_, i) => (i === x.length - 1 ? 2 : 0)) } } };
    $("plot-visits").setAttribute("aria-label", $("caption-visits").textContent);
    const peak = Math.min(top(flat), 1.5 * top(goal));
    return draw("visits", [heat(flat, { zmax: walk.steps ? peak : 1 }), walker]);
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

  // Telling ----------------------------------------------------------------------------

  let later = 0;

  function tell() {
    const cut = graph.cuts[state.cut];
    const texts = { share: percent(cut.share), edges: whole(cut.edges),
      pieces: whole(cut.pieces), lone: whole(cut.lone),
      correlation: `r = ${likeness(cut.correlation)}`,
      name: cut.own ? `${cut.name} (config)` : cut.name };
    for (const [id, text] of Object.entries(texts)) $(id).textContent = text;
    $("cut").setAttribute("aria-valuetext", inWords(cut));
    clearTimeout(later);
    later = setTimeout(() => {
      $("live").textContent = `${graph.name}: ${inWords(cut)}. ${place(state.pixel)}.`;
    }, 400);
    remember();
  }

  function remember() {
    const told = new URLSearchParams({ data: graph.name, cut: graph.cuts[state.cut].name,
      pixel: state.pixel, theme: state.theme });
    try {
      history.replaceState(null, "", `#${told}`);
    } catch { /* where a page has no address, there is none to change */ }
  }

  // Changing ---------------------------------------------------------------------------

  async function timed(began, drawn) {
    await Promise.all(drawn);
    requestAnimationFrame(() => setTimeout(() => {
      root.dataset.repaint = (performance.now() - began).toFixed(1);
    }));
  }

  function showCut(cut) {
    const began = performance.now();
    state.cut = Math.max(0, Math.min(graph.cuts.length - 1, cut));
    $("cut").value = state.cut;
    restart();
    tell();
    timed(began, [drawStationary(), drawRow(), drawField(), drawEdges(), drawVisits(),
      drawCurve()]);
  }

  function showPixel(pixel) {
    const began = performance.now();
    state.pixel = pixel;
    tell();
    for (const picture of ["mean", "edges"]) {
      shown[picture].layout.shapes = frame(pixel);
      Plotly.relayout($(`plot-${picture}`), { shapes: frame(pixel) });
    }
    timed(began, [drawStationary(), drawRow(), drawField()]);
  }

  async function showData(name, cut, pixel) {
    pause();
    graph = await load(name);
    state.data = name;
    $("data").value = name;
    $("about").textContent = `${graph.description}; ${graph.rows} x ${graph.columns} ` +
      `pixels; weights: ${graph.kind}; jumps: ${percent(graph.teleport)} of steps`;
    $("cut").max = graph.cuts.length - 1;
    $("marks").replaceChildren(...graph.cuts.flatMap((each, i) => {
      if (!each.own) return [];
      const mark = document.createElement("i");
      mark.style.left = `${(100 * i) / Math.max(1, graph.cuts.length - 1)}%`;
      return [mark];
    }));
    const kept = graph.kept === null ? "" : `To keep this page small, only the heaviest ` +
      `${percent(graph.kept)} of this graph's entries are in it: under cuts that keep more, ` +
      "rows, edges and the played walk lack the lighter ones. Distributions and numbers " +
      "are those of the whole graph. ";
    const missing = index.leftOut.length
      ? `Left out, because too large for this page: ${index.leftOut.join(", ")}.` : "";
    $("note").textContent = kept + missing;
    $("note").hidden = !(kept + missing);
    const found = graph.cuts.findIndex((each) => each.name === cut);
    state.cut = Math.max(0, found);
    const flat = distribution(state.cut);
    state.pixel = pixel >= 0 && pixel < graph.size ? pixel : flat.indexOf(top(flat));
    drawMean();
    showCut(state.cut);
  }

  function showTheme(theme) {
    state.theme = THEMES.includes(theme) ? theme : "auto";
    const dark = state.theme === "dark" || (state.theme === "auto" && darkSystem.matches);
    root.dataset.theme = dark ? "dark" : "light";
    $("theme").textContent = `Theme: ${state.theme}`;
    $("theme").setAttribute("aria-label", `Colours: ${state.theme}; press for the next`);
    if (!graph) return;
    remember();
    for (const redraw of [drawStationary, drawMean, drawRow, drawField, drawEdges, drawVisits,
      drawCurve]) redraw();
  }

  // The walk ---------------------------------------------------------------------------

  function restart() {
    walk = { at: state.pixel, steps: 0, visits: new Float64Array(graph.size), trail: [],
      sums: new Map(), due: 0, drawn: 0 };
  }

  // Where the walk goes from a pixel, as sums of the weights up to each pixel.
  function sums(pixel) {
    if (!walk.sums.has(pixel)) {
      const row = entries(pixel);
      for (let j = 1; j < row.length; j += 1) row[j] += row[j - 1];
      walk.sums.set(pixel, row);
    }
    return walk.sums.get(pixel);
  }

  function step() {
    const row = sums(walk.at);
    const total = row[row.length - 1];
    const jumps = !(total > 0) || Math.random() < graph.teleport;
    if (jumps) {
      walk.at = Math.floor(Math.random() * graph.size);
      walk.trail.push(null); // a jump is no edge
    } else {
      const drawn = Math.random() * total;
      let low = 0;
      for (let high = row.length - 1; low < high;) {
        const middle = (low + high) >> 1;
        if (row[middle] > drawn) high = middle;
        else low = middle + 1;
      }
      walk.at = low;
    }
    walk.trail.push(walk.at);
    walk.trail = walk.trail.slice(-TRAIL);
    walk.visits[walk.at] += 1;
    walk.steps += 1;
  }

  let before = 0;

  function play(now) {
    if (!state.playing) return;
    const speed = Number($("speed").value);
    walk.due += (speed * Math.min(250, now - before)) / 1000;
    before = now;
    const began = performance.now();
    // What is too much for a frame is dropped, so that the page stays at hand.
    for (let left = Math.floor(walk.due); left > 0; left -= 1) {
      step();
      if (left % 256 === 0 && performance.now() - began > 25) break;
    }
    const stepped = walk.due >= 1;
    walk.due %= 1;
    // Who wants less motion sees the sums once a second, and no walker hop.
    if (stepped && now - walk.drawn >= (calm.matches ? 1000 : 30)) {
      if (calm.matches || speed > 200) walk.trail = walk.trail.slice(-1);
      walk.drawn = now;
      drawVisits();
    }
    requestAnimationFrame(play);
  }

  function pause() {
    state.playing = false;
    $("play").textContent = "Play the walk";
    $("play").setAttribute("aria-pressed", "false");
  }

  function toggle() {
    if (state.playing) {
      pause();
      drawVisits();
      return;
    }
    state.playing = true;
    $("play").textContent = "Pause the walk";
    $("play").setAttribute("aria-pressed", "true");
    before = performance.now();
    requestAnimationFrame(play);
  }

  // Saving -----------------------------------------------------------------------------

  // All pictures side by side in one figure.
  function together() {
    const data = [];
    const layout = { width: 1320, height: 1020, margin: { l: 24, r: 24, t: 92, b: 24 },
      paper_bgcolor: ink("--page"), plot_bgcolor: ink("--page"), showlegend: false,
      font: { color: ink("--ink"), family: "system-ui, sans-serif", size: 13 },
      shapes: [], annotations: [],
      title: { text: `<b>${graph.name}</b>: ${graph.description}<br>` +
        `<span style="font-size:15px">${graph.cuts[state.cut].name}: ` +
        `${inWords(graph.cuts[state.cut])}; ${place(state.pixel)}</span>`,
        x: 0.02, xanchor: "left", font: { size: 20 } } };
    PICTURES.filter((picture) => shown[picture]).forEach((picture, i) => {
      const [column, line] = [i % 3, Math.floor(i / 3)];
      const number = i ? String(i + 1) : "";
      const across = [column / 3 + 0.005, (column + 1) / 3 - 0.06];
      const up = [0.53 - 0.53 * line, 0.95 - 0.53 * line];
      const { traces, layout: own } = shown[picture];
      for (const trace of traces) {
        const bar = trace.colorbar && { colorbar: { ...trace.colorbar, x: across[1] + 0.003,
          y: (up[0] + up[1]) / 2, len: up[1] - up[0] } };
        data.push({ ...trace, ...bar, xaxis: `x${number}`, yaxis: `y${number}` });
      }
      layout[`xaxis${number}`] = { ...own.xaxis, domain: across, anchor: `y${number}` };
      layout[`yaxis${number}`] = { ...own.yaxis, domain: up, anchor: `x${number}`,
        scaleanchor: `x${number}` };
      layout.shapes.push(...own.shapes.map((shape) =>
        ({ ...shape, xref: `x${number}`, yref: `y${number}` })));
      layout.annotations.push({ text: `<b>${document.querySelector(
        `#panel-${picture} h2`).textContent}</b>`, xref: "paper", yref: "paper", x: across[0],
        xanchor: "left", y: up[1] + 0.005, yanchor: "bottom", showarrow: false });
    });
    return { data, layout };
  }

  const save = (format) => Plotly.downloadImage(together(), { format, width: 1320,
    height: 1020, filename: `pixelwalk-${graph.name}-${graph.cuts[state.cut].name}` });

  // Hands ------------------------------------------------------------------------------

  function listen() {
    $("data").addEventListener("change", () => showData($("data").value));
    $("cut").addEventListener("input", () => showCut(Number($("cut").value)));
    $("play").addEventListener("click", toggle);
    $("again").addEventListener("click", () => { restart(); drawVisits(); });
    $("save-png").addEventListener("click", () => save("png"));
    $("save-svg").addEventListener("click", () => save("svg"));
    $("theme").addEventListener("click", () =>
      showTheme(THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length]));
    darkSystem.addEventListener("change", () => showTheme(state.theme));
    addEventListener("hashchange", restore);
    const pixelOf = (event) => event.points[0].y * graph.columns + event.points[0].x;
    for (const picture of PICTURES) {
      const plot = $(`plot-${picture}`);
      plot.on?.("plotly_click", (event) => showPixel(pixelOf(event)));
      plot.on?.("plotly_hover", (event) => {
        if ($("follow").checked && pixelOf(event) !== state.pixel) showPixel(pixelOf(event));
      });
    }
    $("plot-curve").on("plotly_click", (event) => showCut(event.points[0].customdata));
    $("plot-stationary").addEventListener("keydown", move);
    document.addEventListener("keydown", press);
  }

  const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function move(event) {
    const way = WAYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = Math.floor(state.pixel / graph.columns) + way[0];
    const column = (state.pixel % graph.columns) + way[1];
    if (row >= 0 && row < graph.rows && column >= 0 && column < graph.columns) {
      showPixel(row * graph.columns + column);
    }
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "[") showCut(state.cut - 1);
    if (event.key === "]") showCut(state.cut + 1);
    const pressed = event.target.closest("button, select, summary, a, input[type=checkbox]");
    if (event.key === " " && !pressed) {
      event.preventDefault();
      toggle();
    }
  }

  async function restore() {
    const told = new URLSearchParams(location.hash.slice(1));
    const name = told.get("data");
    const pixel = told.has("pixel") ? Number(told.get("pixel")) : -1;
    if (told.has("theme") || !graph) showTheme(told.get("theme"));
    const first = names.includes(index.first) ? index.first : names[0];
    await showData(names.includes(name) ? name : first, told.get("cut"),
      Number.isInteger(pixel) ? pixel : -1);
  }

  async function begin() {
    if (!names.length) {
      $("note").textContent = "No graph fits into this page.";
      $("note").hidden = false;
      return;
    }
    for (const { name, description } of index.graphs) {
      $("data").append(new Option(`${name} (${description})`, name));
    }
    const began = performance.now();
    await restore();
    // The picture of a field may not be drawn yet: an empty one takes the listeners.
    if (!shown.field) await Plotly.newPlot($("plot-field"), [], {}, CONFIG);
    listen();
    root.dataset.ready = (performance.now() - began).toFixed(1);
  }

  begin();
})();
