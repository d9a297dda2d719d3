CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL UNIQUE REFERENCES orders,
  cents INTEGER NOT NULL
);

-- Orders that were paid before there were invoices get theirs now.
INSERT INTO invoices (order_id, cents) SELECT id, cents FROM orders WHERE paid = 1;
