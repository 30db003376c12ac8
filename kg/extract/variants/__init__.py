"""What a sentence also tells, said in full and read once more: relative clauses, what is left out, whom a pronoun means."""
