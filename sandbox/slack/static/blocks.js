"use strict";
// Block Kit as plain elements. Text is only ever set as text, never as markup.
const Blocks = (() => {
  const make = (tag, name, text) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  const words = (object, names) => {
    if (!object) return make("span");
    if (object.type !== "mrkdwn") return make("span", "", object.text);
    const node = make("span");
    for (const part of object.text.split(/(<[^<>]+>|\*[^*\n]+\*|_[^_\n]+_)/)) {
      const link = /^<(https?:[^|>]+)\|?([^>]*)>$/.exec(part), user = /^<@(\w+)>$/.exec(part);
      if (link) node.append(anchor(link[1], plain(link[2] || link[1])));
      else if (user) node.append(make("b", "", "@" + (names[user[1]]?.name || user[1])));
      else if (/^\*.+\*$/.test(part)) node.append(make("b", "", plain(part.slice(1, -1))));
      else if (/^_.+_$/.test(part)) node.append(make("i", "", plain(part.slice(1, -1))));
      else node.append(plain(part));
    }
    return node;
  };
  const anchor = (address, text) => {
    const node = make("a", "", text);
    node.href = /^https?:/.test(address) ? address : "#";
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return node;
  };
  const rich = (block) => {
    const node = make("div", "section");
    for (const part of block.elements) {
      if (part.type === "rich_text_list") {
        const list = make("ul");
        for (const item of part.elements) { const li = make("li"); pieces(li, item.elements); list.append(li); }
        node.append(list);
        continue;
      }
      const holder = make(part.type === "rich_text_preformatted" ? "pre" : "div");
      pieces(holder, part.elements);
      node.append(holder);
    }
    return node;
  };
  const pieces = (holder, elements) => {
    for (const e of elements) {
      if (e.type === "link") holder.append(anchor(e.url, e.text || e.url));
      else holder.append(make(e.style?.bold ? "b" : e.style?.italic ? "i" : "span", "", e.text || ""));
    }
  };
  const table = (block) => {
    const node = make("table");
    block.rows.forEach((row, n) => {
      const line = make("tr");
      for (const cell of row) line.append(make(n ? "td" : "th", "", cell.text));
      node.append(line);
    });
    return node;
  };
  const button = (element, press) => {
    const node = make("button", element.style || "", element.text.text);
    node.type = "button";
    node.dataset.action = element.action_id;
    if (element.url) node.onclick = () => window.open(element.url, "_blank", "noopener");
    else node.onclick = () => { if (!element.confirm || window.confirm(element.confirm.text.text)) press(element.action_id); };
    return node;
  };
  const input = (block) => {
    const holder = make("div");
    const label = make("label", "", block.label.text);
    const field = make(block.element.multiline ? "textarea" : "input");
    field.id = label.htmlFor = "in-" + block.block_id;
    field.name = block.block_id;
    field.value = block.element.initial_value || "";
    if (block.element.multiline) field.rows = 12;
    if (!block.optional) field.required = true;
    holder.append(label, field, make("p", "problem"));
    if (block.hint) holder.append(make("p", "context", block.hint.text));
    return holder;
  };
  const one = (block, names, press) => {
    switch (block.type) {
      case "header": return make("div", "heading", block.text.text);
      case "section": {
        const node = make("div", "section");
        if (block.text) node.append(words(block.text, names));
        if (block.fields) {
          const grid = make("div", "fields");
          for (const field of block.fields) { const cell = make("div"); cell.append(words(field, names)); grid.append(cell); }
          node.append(grid);
        }
        if (block.accessory?.type === "button") node.append(" ", button(block.accessory, press));
        return node;
      }
      case "context": {
        const node = make("div", "context");
        for (const part of block.elements) node.append(words(part, names), " ");
        return node;
      }
      case "divider": return make("hr");
      case "rich_text": return rich(block);
      case "table": return table(block);
      case "input": return input(block);
      case "actions": {
        const node = make("div", "actions");
        for (const element of block.elements) node.append(button(element, press));
        return node;
      }
      default: return make("p", "context", "(" + block.type + ")");
    }
  };
  return { one, make, plain };
})();
