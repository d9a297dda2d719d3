CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE
);

CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers,
  cents INTEGER NOT NULL,
  paid INTEGER NOT NULL DEFAULT 0
);

INSERT INTO customers (id, name, email) VALUES
  (1, 'Ada', 'ada@example.com'),
  (2, 'Grace', 'grace@example.com'),
  (3, 'Radia', 'radia@example.com');

INSERT INTO orders (id, customer_id, cents, paid) VALUES
  (1, 1, 1999, 1),
  (2, 1, 4500, 1),
  (3, 2, 800, 0),
  (4, 3, 12050, 1);
