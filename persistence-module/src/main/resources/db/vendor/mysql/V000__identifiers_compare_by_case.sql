-- Without this "Main" and "main" would be one name here and two on H2.
alter database character set utf8mb4 collate utf8mb4_0900_bin;
