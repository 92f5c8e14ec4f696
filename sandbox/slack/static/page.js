"use strict";
(() => {
  const { one, make, plain } = Blocks;
  const $ = (id) => document.getElementById(id);
  const token = new URLSearchParams(location.search).get("token") || "";
  let me = sessionStorage.getItem("me") || "U0CASEY";
  let place = "home", thread = "", shown = "", state = null, modal = "", toEnd = true;

  const ask = async (path, body) => {
    const options = { headers: { Authorization: "Bearer " + token } };
    if (body) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify({ as: me, ...body });
    }
    const answer = await fetch("/page/" + path, options);
    const content = await answer.json();
    $("trouble").textContent = content.error || "";
    if (!answer.ok) throw new Error(content.error);
    return content;
  };
  const quietly = (promise) => promise.then(look).catch(() => {});
  const channel = () => (place === "home" || place === "direct" ? "D0" + me.slice(2) : place);

  const look = async () => {
    const [who, where] = [me, channel()];
    const found = await ask("state?as=" + encodeURIComponent(who) + "&channel=" + encodeURIComponent(where));
    if (who !== me || where !== channel()) return;
    state = found;
    const seen = JSON.stringify([state, place, thread]);
    if (seen === shown) return;
    shown = seen;
    side();
    if (place === "home") home(); else talk();
    form();
  };

  const side = () => {
    const who = $("who");
    if (!who.options.length) {
      for (const [id, m] of Object.entries(state.members)) {
        if (m.kind === "bot") continue;
        const option = make("option", "", m.name + (m.kind === "member" ? "" : " – " + m.kind));
        option.value = id;
        option.disabled = m.kind === "deactivated";
        who.append(option);
      }
    }
    if (!state.members[me]) me = [...who.options].find((o) => !o.disabled).value;
    who.value = me;
    $("direct").replaceChildren(entry("home", "Home"), entry("direct", "Messages"));
    $("channels").replaceChildren(...state.channels.map((c) => entry(c.id, "# " + c.name)));
    $("link").textContent = state.connected ? "Dunwell is connected." : "Dunwell is not connected.";
  };
  const entry = (id, name) => {
    const item = make("li"), button = make("button", "", name);
    if (id === place) button.setAttribute("aria-current", "page");
    button.onclick = () => { place = id; thread = ""; toEnd = true; if (id === "home") quietly(ask("home", {})); look(); };
    item.append(button);
    return item;
  };

  const home = () => {
    $("title").textContent = "Dunwell: Home";
    $("back").hidden = $("fresh").hidden = true;
    $("status").textContent = "";
    const blocks = state.home?.blocks || [];
    $("said").replaceChildren(...(blocks.length
      ? blocks.map((b) => one(b, state.members, (action) => quietly(ask("press_home", { action }))))
      : [make("p", "context", "Dunwell's page appears here a moment after it is opened.")]));
  };

  const talk = () => {
    const direct = place === "direct";
    const named = state.channels.find((c) => c.id === place);
    $("title").textContent = direct ? "Dunwell: Messages" : "# " + (named?.name || "") + (named?.shared ? " (shared with a customer)" : "");
    $("fresh").hidden = !direct;
    $("back").hidden = !thread;
    const list = state.messages.filter((m) => !m.deleted && (!thread || m.ts === thread || m.thread_ts === thread));
    const order = thread || !list.length ? list : grouped(list);
    const nodes = order.map(message);
    for (const said of state.private) nodes.push(message({ ...said, user: state.bot, only: true }));
    const prompts = thread && state.prompts[thread];
    if (prompts) {
      const row = make("div", "actions");
      for (const p of prompts) {
        const button = make("button", "", p.title);
        button.onclick = () => quietly(ask("say", { channel: channel(), text: p.message, thread }));
        row.append(button);
      }
      nodes.push(row);
    }
    const box = $("said"), end = toEnd || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
    box.replaceChildren(...nodes);
    if (end) box.scrollTop = box.scrollHeight;
    toEnd = false;
    $("status").textContent = Object.entries(state.statuses).filter(([of]) => !thread || of === thread).map(([, s]) => "Dunwell " + s).join(" ");
  };
  const grouped = (list) => {
    const roots = list.filter((m) => !m.thread_ts);
    return roots.flatMap((root) => [root, ...list.filter((m) => m.thread_ts === root.ts)]);
  };
  const message = (m) => {
    const node = make("div", "message" + (m.thread_ts ? " reply" : "") + (m.only ? " private" : ""));
    node.dataset.ts = m.ts;
    const head = make("div");
    head.append(make("span", "who", state.members[m.user]?.name || m.user));
    head.append(make("span", "when", new Date(Number(m.ts) * 1000).toISOString().slice(0, 16).replace("T", " ")));
    if (m.edited) head.append(make("span", "edited", "edited"));
    if (m.only) head.append(make("span", "edited", "only you see this"));
    if (!thread && !m.thread_ts && !m.only) {
      const open = make("button", "open", "Reply in thread");
      open.onclick = () => { thread = m.ts; look(); };
      head.append(open);
    }
    node.append(head);
    if (m.blocks?.length) {
      for (const block of m.blocks) node.append(one(block, state.members, (action) => quietly(ask("press", { channel: channel(), ts: m.ts, action }))));
    } else node.append(make("div", "section", plain(m.text || "").replace(/<@(\w+)>/g, (_, id) => "@" + (state.members[id]?.name || id))));
    for (const name of m.reactions || []) node.append(make("span", "when", ":" + name + ":"));
    return node;
  };

  const form = () => {
    const view = state.views.at(-1), dialog = $("modal");
    if (!view) { if (dialog.open) dialog.close(); modal = ""; return; }
    const seen = JSON.stringify(view);
    if (seen === modal) return;
    modal = seen;
    const body = dialog.querySelector("form");
    body.replaceChildren(make("h2", "", view.title.text), ...view.blocks.map((b) => one(b, state.members, () => {})));
    const row = make("div", "actions");
    if (view.submit) row.append(make("button", "primary", view.submit.text));
    const close = make("button", "", view.close?.text || "Close");
    close.type = "button";
    close.onclick = () => quietly(ask("close", { view: view.id }));
    row.append(close);
    body.append(row);
    body.onsubmit = (event) => {
      event.preventDefault();
      const given = Object.fromEntries([...new FormData(body)].map(([k, v]) => [k, String(v)]));
      ask("submit", { view: view.id, given }).then((answer) => {
        for (const [name, words] of Object.entries(answer.errors || {})) {
          const field = body.querySelector("#in-" + CSS.escape(name));
          if (field) field.parentNode.querySelector(".problem").textContent = words;
        }
        return look();
      }).catch(() => {});
    };
    if (!dialog.open) dialog.showModal();
  };

  $("form").onsubmit = (event) => {
    event.preventDefault();
    const text = $("text").value.trim();
    if (!text || !state) return;
    $("text").value = "";
    toEnd = true;
    if (place === "home") { place = "direct"; thread = ""; }
    const command = /^\/dunwell\s*([\s\S]*)$/.exec(text);
    if (command) quietly(ask("command", { channel: channel(), text: command[1] }));
    else {
      const [where, inside] = [place, thread];
      quietly(ask("say", { channel: channel(), text: text.replace(/@Dunwell\b/gi, "<@" + state.bot + ">"), thread }).then((said) => {
        if (where === "direct" && place === where && !inside && !thread) thread = said.ts;
      }));
    }
  };
  $("text").onkeydown = (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); $("form").requestSubmit(); } };
  $("who").onchange = () => { me = $("who").value; sessionStorage.setItem("me", me); thread = ""; place = "home"; quietly(ask("home", {})); };
  $("fresh").onclick = () => quietly(ask("assistant", {}).then((a) => { thread = a.thread; }));
  $("back").onclick = () => { thread = ""; look(); };
  quietly(ask("home", {}));
  setInterval(() => { if (!document.hidden) look().catch(() => {}); }, 1000);
})();
