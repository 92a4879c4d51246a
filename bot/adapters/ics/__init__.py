"""iCalendar: shifts as calendars that people subscribe to."""
