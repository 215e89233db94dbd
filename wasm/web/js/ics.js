// A calendar file as RFC 5545 has it: all-day events, folded lines, CRLF.

const encoder = new TextEncoder();

/** The calendar of deadlines `{ name, label, earliest, due }` of a policy. */
export function calendar(policy, title, deadlines, now) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Duly//Pre-check//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...deadlines.flatMap((d) => event(policy, title, d, stamp)),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function event(policy, title, { name, label, earliest, due }, stamp) {
  const first = earliest ?? due;
  return [
    'BEGIN:VEVENT',
    `UID:${name}-${compact(due)}@${policy}.duly`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(first)}`,
    `DTEND;VALUE=DATE:${compact(dayAfter(due))}`, // the end is the first day that no longer belongs
    `SUMMARY:${escaped(label)}`,
    `DESCRIPTION:${escaped(title)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

function compact(day) {
  return day.replaceAll('-', '');
}

function dayAfter(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

function escaped(text) {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** A line may have 75 bytes; the rest goes on after a blank. No letter is cut in two. */
function fold(line) {
  const parts = [];
  let part = '';
  let room = 75;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (size > room) {
      parts.push(part);
      [part, room] = ['', 74];
    }
    part += letter;
    room -= size;
  }
  return [...parts, part].join('\r\n ');
}
