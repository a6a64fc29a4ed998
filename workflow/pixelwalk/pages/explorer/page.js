// Status -----------------------------------------------------------------------------

let later = 0;

function showStatus() {
  const cut = graph.cuts[state.cut];
  const texts = { share: percent(cut.share), edges: whole(cut.edges),
    pieces: whole(cut.pieces), lone: whole(cut.lone),
    correlation: `r = ${correlation(cut.correlation)}`,
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
  const address = new URLSearchParams({ data: graph.name, pixel: state.pixel,
    cut: graph.cuts[state.cut].name, theme: state.theme });
  try {
    history.replaceState(null, "", `#${address}`);
  } catch { /* a page without an address */ }
}

// Changing ---------------------------------------------------------------------------

// Resolve when the pictures are visible, and note the time.
function timed(began, drawn) {
  return Promise.all(drawn).then(() => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(() => {
      root.dataset.repaint = (performance.now() - began).toFixed(1);
      resolve();
    }));
  }));
}

let others = null;

function showCut(cut) {
  const began = performance.now();
  state.cut = Math.max(0, Math.min(graph.cuts.length - 1, cut));
  $("cut").value = state.cut;
  restart();
  showStatus();
  const visible = timed(began, [drawStationary()]);
  // The other pictures follow, once for several moves of a dragged slider.
  others ??= visible.then(() => {
    others = null;
    return Promise.all([drawRow(), drawField(), drawEdges(), drawVisits(), drawCurve()]);
  });
  return others;
}

function showPixel(pixel) {
  const began = performance.now();
  state.pixel = pixel;
  showStatus();
  if (!walk.steps) { // the walk starts at the selected pixel
    restart();
    drawVisits();
  }
  shown.mean.layout.shapes = frame(pixel);
  Plotly.relayout($("plot-mean"), { shapes: frame(pixel) });
  timed(began, [drawStationary(), drawRow(), drawField()]).then(redrawEdges);
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
  const kept = graph.kept === null ? "" : `To limit its size, this page holds only the ` +
    `heaviest ${percent(graph.kept)} of this graph's entries: for cuts that keep more, ` +
    "rows, edges and the played walk lack the lighter ones. Distributions and numbers " +
    "are those of the whole graph. ";
  const missing = index.leftOut.length
    ? `Too large for this page: ${index.leftOut.join(", ")}.` : "";
  $("note").textContent = kept + missing;
  $("note").hidden = !(kept + missing);
  state.cut = Math.max(0, graph.cuts.findIndex((each) => each.name === cut));
  const flat = distribution(state.cut);
  state.pixel = pixel >= 0 && pixel < graph.size ? pixel : flat.indexOf(top(flat));
  drawMean();
  await showCut(state.cut);
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

// Saving -----------------------------------------------------------------------------

// Return all pictures in one figure.
function together() {
  const data = [];
  // In pixels. A picture has the aspect ratio of the grid, so its colour bar is as high.
  const [inside, wide] = [1272, 340];
  const high = Math.min(2, Math.max(0.2, graph.rows / graph.columns)) * wide;
  const heading = 64;
  const under = 2 * (heading + high);
  const layout = { width: 1320, height: under + 116, margin: { l: 24, r: 24, t: 92, b: 24 },
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
    const across = [column / 3 + 0.005, column / 3 + 0.005 + wide / inside];
    const upper = 1 - (line * (heading + high) + heading - 24) / under;
    const up = [upper - high / under, upper];
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
      `#panel-${picture} h2`).textContent}</b>${picture === "edges" ? left : ""}`, xref: "paper", yref: "paper", x: across[0],
      xanchor: "left", y: up[1] + 0.005, yanchor: "bottom", showarrow: false });
  });
  return { data, layout };
}

function save(format) {
  const figure = together();
  const { width, height } = figure.layout;
  return Plotly.downloadImage(figure, { format, width, height,
    filename: `pixelwalk-${graph.name}-${graph.cuts[state.cut].name}` });
}

// Input ------------------------------------------------------------------------------

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

const DIRECTIONS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function move(event) {
  const direction = DIRECTIONS[event.key];
  if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const row = Math.floor(state.pixel / graph.columns) + direction[0];
  const column = (state.pixel % graph.columns) + direction[1];
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
  const address = new URLSearchParams(location.hash.slice(1));
  const name = address.get("data");
  const pixel = address.has("pixel") ? Number(address.get("pixel")) : -1;
  if (address.has("theme") || !graph) showTheme(address.get("theme"));
  const first = names.includes(index.first) ? index.first : names[0];
  await showData(names.includes(name) ? name : first, address.get("cut"),
    Number.isInteger(pixel) ? pixel : -1);
}

async function begin() {
  if (!names.length) {
    $("note").textContent = "No graph fits into this page.";
    $("note").hidden = false;
    return;
  }
  for (const { name, description, grey } of index.graphs) {
    $("data").append(new Option(grey ? `${name} (${description})` : name, name));
  }
  const began = performance.now();
  await restore();
  // Pictures that are not drawn yet need an empty plot for the listeners.
  for (const plot of [...PICTURES.filter((each) => !shown[each]), "curve"]) {
    if (!$(`plot-${plot}`).on) await Plotly.newPlot($(`plot-${plot}`), [], {}, CONFIG);
  }
  listen();
  root.dataset.ready = (performance.now() - began).toFixed(1);
}

begin();
