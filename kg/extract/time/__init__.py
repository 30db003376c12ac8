"""When what a sentence tells happened: which of the dates around it belong to a match."""
