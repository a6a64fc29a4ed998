// The walk ---------------------------------------------------------------------------

function restart() {
  walk = { at: state.pixel, steps: 0, visits: new Float64Array(graph.size),
    trail: [state.pixel], sums: new Map(), due: 0, drawn: 0 };
}

// Return the cumulative weights of the edges of a pixel.
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
    walk.trail.push(null); // a jump follows no edge
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
  // Steps beyond the time of a frame are dropped, so that the page stays responsive.
  for (let left = Math.floor(walk.due); left > 0; left -= 1) {
    step();
    if (left % 256 === 0 && performance.now() - began > 25) break;
  }
  const stepped = walk.due >= 1;
  walk.due %= 1;
  // With reduced motion: an update each second, and no trail of the walker.
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
