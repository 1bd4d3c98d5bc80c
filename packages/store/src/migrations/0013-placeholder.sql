-- Another part of the program holds this number: it takes this place where the two come together.
SELECT 1;
