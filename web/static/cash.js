"use strict";
// Live sums of an allocation, in whole minor units. The server counts again and has the last word.
const sheet = document.querySelector("form[data-sums]");

const digits = Number(sheet?.dataset.digits ?? 2);
const minor = (text) => {
  const plain = text.replace(/[\u00a0\u202f]/g, " ").trim();
  if (!plain) return 0n;
  const found = /^(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d+))?$/.exec(plain);
  if (!found || plain.length > 30) return null;
  const part = (found[2] ?? "").padEnd(digits, "0");
  if (/[1-9]/.test(part.slice(digits))) return null;
  return BigInt(found[1].replace(/[, ]/g, "") + part.slice(0, digits));
};

const write = (place, value) => {
  const plain = String(value < 0n ? -value : value).padStart(digits + 1, "0");
  const whole = plain.slice(0, plain.length - digits).replace(/\B(?=(\d{3})+$)/g, ",");
  const text = digits ? `${whole}.${plain.slice(plain.length - digits)}` : whole;
  const code = document.createElement("span");
  code.className = "cur";
  code.textContent = sheet.dataset.currency;
  place.replaceChildren(`${value < 0n ? `(${text})` : text}\u00a0`, code);
};

const read = (field) => {
  const value = minor(field.value);
  if (value === null) field.setAttribute("aria-invalid", "true");
  else if (!field.dataset.told) field.removeAttribute("aria-invalid");
  return value ?? 0n;
};

const put = (name, value) => {
  for (const place of sheet.querySelectorAll(`[data-total="${name}"]`))
    write(place, value);
};

const verdict = (left) => {
  const place = sheet.querySelector("[data-verdict]");
  if (!place) return;
  const [tone, text] = left === 0n ? ["good", "Adds up"]
    : left > 0n ? ["wait", "Something is left over"] : ["bad", "More than there is"];
  if (place.textContent === text) return;
  place.className = `badge ${tone}`;
  place.textContent = text;
};

const count = () => {
  const sums = { pay: 0n, credit: 0n, discount: 0n, writeoff: 0n, withheld: 0n, fee: 0n };
  for (const field of sheet.querySelectorAll("[data-sum]"))
    sums[field.dataset.sum] += read(field);
  for (const row of sheet.querySelectorAll("[data-open]")) {
    const taken = [...row.querySelectorAll("[data-sum]")]
      .reduce((sum, field) => sum + (minor(field.value) ?? 0n), 0n);
    const rest = BigInt(row.dataset.open) - taken;
    const place = row.querySelector("[data-rest]");
    if (!place) continue;
    write(place, rest);
    place.classList.toggle("bad", rest < 0n);
  }
  const left = BigInt(sheet.dataset.amount) + sums.fee + sums.credit - sums.pay;
  for (const [name, value] of Object.entries(sums)) put(name, value);
  put("left", left);
  verdict(left);
  return left;
};

const fill = (row) => {
  const field = row.querySelector('[data-sum="pay"], [data-sum="credit"]');
  const others = [...row.querySelectorAll("[data-sum]")].filter((one) => one !== field)
    .reduce((sum, one) => sum + (minor(one.value) ?? 0n), 0n);
  const room = BigInt(row.dataset.open) - others;
  const left = count() + (field.dataset.sum === "pay" ? minor(field.value) ?? 0n : 0n);
  const most = field.dataset.sum === "credit" || left > room ? room : left;
  const plain = String(most > 0n ? most : 0n).padStart(digits + 1, "0");
  const cut = plain.length - digits;
  field.value = digits ? `${plain.slice(0, cut)}.${plain.slice(cut)}` : plain;
  count();
};

if (sheet) {
  sheet.addEventListener("input", count);
  for (const button of sheet.querySelectorAll("[data-fill]")) {
    button.hidden = false;
    button.addEventListener("click", () => fill(button.closest("[data-open]")));
  }
  count();
}
