"""Makes the domains of the claims: folders of problems, routes of faulty advisers, rules and a tokenizer."""
