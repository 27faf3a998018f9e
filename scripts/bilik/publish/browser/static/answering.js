// The half of a worker that listens: answers each message by the function of its name, or tells why it cannot.
"use strict";

const answering = (tasks) => {
  self.onmessage = ({ data: { id, what, message } }) => {
    try {
      self.postMessage({ id, answer: tasks[what](message) });
    } catch (error) {
      self.postMessage({ id, error: String(error.message || error).split(/\s+/).join(" ").trim() });
    }
  };
};
