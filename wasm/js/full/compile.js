// Policies as text.
import { check as rawCheck, compile as rawCompile } from "./raw.js";
import { Policy, bytesOf, call, read } from "./policy.js";

const WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

export function check(text, options) {
  return read(call(() => rawCheck(texts(text, options))));
}

export function compile(text, options) {
  return new Policy(call(() => rawCompile(texts(text, options))));
}

function texts(text, { name = "policy.duly", imports = {}, calendars = {} } = {}) {
  const read = Object.entries(calendars).map(([name, calendar]) => calendarOf(name, calendar));
  return bytesOf({ name, text: String(text), imports, calendars: read });
}

/** A calendar as its YAML tells it becomes one of numbered days. */
function calendarOf(name, { weekend, years }) {
  const ofYear = ([year, { closed = [], worked = [] }]) => {
    const nth = (day) => dayOfYear(Number(year), day);
    return { year: Number(year), closed: closed.map(nth).sort(rising), worked: worked.map(nth).sort(rising) };
  };
  return {
    name,
    weekend: weekend.map((day) => WEEK.indexOf(day)).sort(rising),
    years: Object.entries(years).map(ofYear).sort((a, b) => a.year - b.year),
  };
}

function dayOfYear(year, monthAndDay) {
  const [month, day] = monthAndDay.split("-").map(Number);
  return (Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / 86_400_000;
}

const rising = (a, b) => a - b;
