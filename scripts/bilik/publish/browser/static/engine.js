// Starts Oxigraph in a worker of its own. All that it needs came with the page: nothing is asked of any server.
"use strict";

window.bilik = window.bilik || {};

(() => {
  const bytesOf = async (packed) => {
    const zipped = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };

  /** The text that a packed (gzip, base64) variable holds. */
  bilik.unpack = async (packed) => new TextDecoder().decode(await bytesOf(packed));

  let compiled = null;

  /**
   * A worker that runs a script over Oxigraph. Its `ask` sends a message and gives the answer as a promise; `stop` ends it
   * at once, whatever it does, and every question still open is refused with the reason. `started` is what it said first.
   */
  bilik.start = async (script, given) => {
    compiled = compiled || WebAssembly.compile(await bytesOf(bilik.oxigraph.wasm));
    const wasm = await compiled;
    const address = URL.createObjectURL(new Blob([bilik.oxigraph.script, script], { type: "text/javascript" }));
    const worker = new Worker(address);
    const waiting = new Map();
    let last = 0;

    const stop = (reason) => {
      worker.terminate();
      for (const { refuse } of waiting.values()) refuse(new Error(reason));
      waiting.clear();
    };
    worker.onmessage = ({ data: { id, answer, error } }) => {
      const { keep, refuse } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) keep(answer);
      else refuse(new Error(error));
    };
    worker.onerror = (event) => stop(event.message);
    const ask = (what, message) =>
      new Promise((keep, refuse) => {
        last += 1;
        waiting.set(last, { keep, refuse });
        worker.postMessage({ id: last, what, message });
      });

    const started = await ask("start", { wasm, given });
    URL.revokeObjectURL(address);
    return { ask, stop, started };
  };
})();
