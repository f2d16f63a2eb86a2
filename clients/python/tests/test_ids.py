"""Names and numbers made by the client."""

import unittest
import uuid

from support import binnacle_source  # noqa: F401 - puts the package on the path

from binnacle.ids import new_client_id, new_run_id, run_id_of, slug_of


class IdsTest(unittest.TestCase):
    def test_run_ids_are_uuids_of_version_7_in_time_order(self):
        ids = [new_run_id() for _ in range(50)]
        self.assertEqual({7}, {uuid.UUID(text).version for text in ids})
        self.assertEqual({uuid.RFC_4122}, {uuid.UUID(text).variant for text in ids})
        self.assertEqual(50, len(set(ids)))
        stamps = [text[:13] for text in ids]
        self.assertEqual(sorted(stamps), stamps)

    def test_a_run_id_must_be_a_uuid(self):
        for text in ("", "x", "../../etc", None):
            self.assertIsNone(run_id_of(text))

    def test_a_run_id_goes_out_in_one_form(self):
        form = "018f2f3e-0000-7000-8000-00000000000d"
        given = (form, form.upper(), form.replace("-", ""), "{%s}" % form, "urn:uuid:" + form)
        self.assertEqual({form}, {run_id_of(text) for text in given})

    def test_client_ids_fit_the_server_with_room_for_split_batches(self):
        self.assertLessEqual(len(new_client_id() + "-" + str(1 << 62)), 64)

    def test_slugs_stay_and_names_become_slugs(self):
        self.assertEqual("test-logs", slug_of("test-logs"))
        self.assertEqual("my-project", slug_of("My Project!"))
        self.assertEqual("uber-a.b_c", slug_of("Über / A.b_c"))
        self.assertEqual("project-", slug_of("漢字")[:8])
        self.assertNotEqual(slug_of("漢字"), slug_of("汉字"))
        self.assertLessEqual(len(slug_of("x" * 500)), 64)

    def test_slugs_that_the_server_keeps_for_itself_get_a_prefix(self):
        self.assertEqual("project-models", slug_of("models"))
        self.assertEqual("project-api-keys", slug_of("API keys"))
        self.assertEqual("project-models", slug_of("project-models"))


if __name__ == "__main__":
    unittest.main()
