// Read calendar files with ical.js: one JSON object of files on stdin, what it understood on stdout.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

function read(text) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      title: event.summary,
      place: event.location,
      words: event.description,
      sequence: event.sequence,
      status: component.getFirstPropertyValue('status'),
      allDay: event.startDate.isDate,
      starts: moment(event.startDate),
      ends: moment(event.endDate),
    };
  });
}

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString();
}

const files = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, read(text)]))));
