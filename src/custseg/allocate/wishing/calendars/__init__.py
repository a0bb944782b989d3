"""When people work: the calendar of a company, weekdays of one's own, leave."""
